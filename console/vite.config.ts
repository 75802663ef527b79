import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { compressing } from "./compressing.ts";
import { connection, proxied, signedIn } from "./developing.ts";

export default defineConfig(({ command, mode }) => {
  const behind = command === "serve" && mode === "development" ? connection() : null;
  return {
    base: "/console/",
    plugins: [react(), compressing(), ...(behind ? [signedIn(behind)] : [])],
    server: { host: "127.0.0.1", proxy: behind ? proxied(behind) : {} },
    build: {
      outDir: fileURLToPath(new URL("../src/offhook/console/static", import.meta.url)),
      emptyOutDir: true,
      target: "es2022",
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 600,
    },
    test: { include: ["tests/**/*.test.ts"], environment: "node" },
  };
});

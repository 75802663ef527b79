// Mantine's theme: one accent, calm greys, contrast that passes WCAG AA in both schemes.

import { createTheme, type CSSVariablesResolver, type MantineColorsTuple, Modal, Tooltip } from "@mantine/core";

const DARK: MantineColorsTuple = [
  "#e6e8eb",
  "#c3c9d0",
  "#9aa4af",
  "#6b7480",
  "#3a424b",
  "#2b3139",
  "#1c2025",
  "#15181c",
  "#101317",
  "#0b0d10",
];

export const theme = createTheme({
  primaryColor: "indigo",
  colors: { dark: DARK },
  primaryShade: { light: 8, dark: 8 },
  defaultRadius: "md",
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace',
  headings: { fontWeight: "600" },
  focusRing: "auto",
  respectReducedMotion: true,
  components: {
    Modal: Modal.extend({ defaultProps: { centered: true } }),
    Tooltip: Tooltip.extend({
      defaultProps: { openDelay: 300, withArrow: true, events: { hover: true, focus: true, touch: false } },
    }),
  },
});

export const variables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    "--mantine-color-text": "#1c2024",
    "--mantine-color-body": "#ffffff",
    "--mantine-color-dimmed": "#5c6670",
    "--mantine-color-placeholder": "#6b7480",
    "--mantine-color-error": "#c92a2a",
    "--mantine-color-default-border": "#d9dde2",
  },
  dark: {
    "--mantine-color-text": "#e6e8eb",
    "--mantine-color-body": "#15181c",
    "--mantine-color-dimmed": "#9aa4af",
    "--mantine-color-placeholder": "#8a949f",
    "--mantine-color-error": "#ff8787",
    "--mantine-color-default": "#1c2025",
    "--mantine-color-default-hover": "#23282e",
    "--mantine-color-default-border": "#333a42",
  },
});

/** What the server put into this page for style elements. */
export const nonce = (): string => document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? "";

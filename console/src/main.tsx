import "@mantine/core/styles.css";
import "./style/tokens.css";
import "./style/parts.css";
import "./style/shell.css";
import "./style/handsets.css";
import { createRoot } from "react-dom/client";
import { App } from "./App";

const root = document.getElementById("root");
if (root) createRoot(root).render(<App />);

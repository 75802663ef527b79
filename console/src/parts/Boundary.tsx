import { Component, type ReactNode } from "react";
import { ErrorNote } from "./ErrorNote";

/** A page that fails says so, and leaves the rest of the console standing. */
export class Boundary extends Component<{ children: ReactNode }, { error: unknown }> {
  override state = { error: null as unknown };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override render() {
    return this.state.error ? <ErrorNote error={this.state.error} /> : this.props.children;
  }
}

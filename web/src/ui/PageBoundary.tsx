import { Component, type ComponentChildren } from "preact";
import { BrokenPage } from "./BrokenPage";

interface PageBoundaryProps {
  /** Where one is: elsewhere everything is drawn anew. */
  at: string;
  children: ComponentChildren;
}

/** A page that breaks says so; the frame around it stays, and so do the ways out. */
export class PageBoundary extends Component<PageBoundaryProps, { isBroken: boolean }> {
  override state = { isBroken: false };

  override componentDidCatch(error: unknown): void {
    console.error(error);
    this.setState({ isBroken: true });
  }

  override componentWillReceiveProps({ at }: PageBoundaryProps): void {
    if (at !== this.props.at) this.setState({ isBroken: false });
  }

  override render() {
    return this.state.isBroken ? <BrokenPage why="broken" /> : this.props.children;
  }
}

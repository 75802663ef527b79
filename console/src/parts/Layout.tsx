// What every page is made of: a heading with its actions, panels, and what stands where there is nothing yet.

import { useEffect, type ReactNode } from "react";
import { Link } from "react-router";
import { IconChevronLeft } from "@tabler/icons-react";

interface HeadProps {
  title: string;
  about?: ReactNode;
  back?: { to: string; label: string };
  actions?: ReactNode;
}

export function Head({ title, about, back, actions }: HeadProps) {
  useEffect(() => {
    document.title = `${title} · Offhook`;
  }, [title]);
  return (
    <header className="head">
      {back && (
        <Link to={back.to} className="back">
          <IconChevronLeft size={14} aria-hidden /> {back.label}
        </Link>
      )}
      <div className="head-line">
        <div className="head-words">
          <h1>{title}</h1>
          {about && <p className="about">{about}</p>}
        </div>
        {actions && <div className="row wrap">{actions}</div>}
      </div>
    </header>
  );
}

interface PanelProps {
  title?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
  flush?: boolean;
}

export function Panel({ title, actions, children, flush = false }: PanelProps) {
  return (
    <section className={flush ? "panel flush" : "panel"}>
      {(title || actions) && (
        <div className="panel-head row spread wrap">
          {title && <h2>{title}</h2>}
          {actions && <div className="row wrap">{actions}</div>}
        </div>
      )}
      {children}
    </section>
  );
}

interface EmptyProps {
  icon: ReactNode;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}

export function Empty({ icon, title, children, action }: EmptyProps) {
  return (
    <div className="empty">
      <div className="empty-icon" aria-hidden>
        {icon}
      </div>
      <p className="empty-title">{title}</p>
      {children && <div className="empty-text">{children}</div>}
      {action}
    </div>
  );
}

/** Names and values in two columns. */
export function Facts({ facts }: { facts: [string, ReactNode][] }) {
  return (
    <dl className="facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

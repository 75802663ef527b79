// The frame of every page: navigation at the side (behind a button on a phone), and the page.

import { ActionIcon, Tooltip, useComputedColorScheme, useMantineColorScheme } from "@mantine/core";
import {
  IconAlertTriangle,
  IconApps,
  IconBook,
  IconDeviceMobile,
  IconFileCode,
  IconHash,
  IconKey,
  IconLayoutDashboard,
  IconListNumbers,
  IconListSearch,
  IconLogout,
  IconMenu2,
  IconMessage,
  IconMicrophone,
  IconMoon,
  IconPassword,
  IconPhone,
  IconShieldCheck,
  IconSun,
  IconUsers,
  IconUsersGroup,
  IconWebhook,
  IconX,
} from "@tabler/icons-react";
import { type ReactNode, useEffect, useState } from "react";
import { NavLink, useLocation } from "react-router";
import { signOut, useSession } from "./api/session";
import { Ringing } from "./handsets/Ringing";
import { useStreamState } from "./live/useLive";
import { AccountSwitch } from "./parts/AccountSwitch";
import { VirtualClock } from "./parts/VirtualClock";

const GROUPS: { name: string; links: { to: string; label: string; icon: typeof IconKey }[] }[] = [
  { name: "Now", links: [{ to: "/", label: "Overview", icon: IconLayoutDashboard }] },
  {
    name: "Texting and calling",
    links: [
      { to: "/messages", label: "Messages", icon: IconMessage },
      { to: "/calls", label: "Calls", icon: IconPhone },
      { to: "/handsets", label: "Handsets", icon: IconDeviceMobile },
      { to: "/numbers", label: "Phone numbers", icon: IconHash },
    ],
  },
  {
    name: "Of calls",
    links: [
      { to: "/recordings", label: "Recordings", icon: IconMicrophone },
      { to: "/conferences", label: "Conferences", icon: IconUsersGroup },
      { to: "/queues", label: "Queues", icon: IconListNumbers },
      { to: "/twiml-bins", label: "TwiML bins", icon: IconFileCode },
    ],
  },
  {
    name: "Who it is",
    links: [
      { to: "/verify", label: "Verify", icon: IconShieldCheck },
      { to: "/verifications", label: "Verifications", icon: IconPassword },
      { to: "/lookup", label: "Lookup", icon: IconListSearch },
    ],
  },
  {
    name: "Looking into it",
    links: [
      { to: "/webhooks", label: "Webhooks", icon: IconWebhook },
      { to: "/alerts", label: "Alerts", icon: IconAlertTriangle },
    ],
  },
  {
    name: "Setting up",
    links: [
      { to: "/applications", label: "Applications", icon: IconApps },
      { to: "/subaccounts", label: "Subaccounts", icon: IconUsers },
      { to: "/keys", label: "API keys", icon: IconKey },
      { to: "/reference", label: "API reference", icon: IconBook },
    ],
  },
];

export function Shell({ children }: { children: ReactNode }) {
  const [isOpen, setOpen] = useState(false);
  const { pathname } = useLocation();
  useEffect(() => setOpen(false), [pathname]);
  return (
    <div className="shell">
      <a href="#page" className="skip">
        Skip to the page
      </a>
      <div className="top">
        <Brand />
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          aria-expanded={isOpen}
          aria-controls="side"
          aria-label="Menu"
          onClick={() => setOpen(!isOpen)}
        >
          {isOpen ? <IconX size={20} /> : <IconMenu2 size={20} />}
        </ActionIcon>
      </div>
      <aside id="side" className={isOpen ? "side-bar open" : "side-bar"}>
        <div className="side-brand">
          <Brand />
        </div>
        <AccountSwitch />
        <Navigation />
        <Foot />
      </aside>
      <main id="page" tabIndex={-1}>
        {children}
      </main>
      {pathname !== "/handsets" && <Ringing />}
    </div>
  );
}

function Brand() {
  return (
    <NavLink to="/" className="brand" aria-label="Offhook, to the overview">
      <span className="brand-mark" aria-hidden />
      Offhook
    </NavLink>
  );
}

function Navigation() {
  return (
    <nav aria-label="Pages of the console" className="navigation">
      {GROUPS.map(({ name, links }) => (
        <ul key={name} aria-label={name}>
          {links.map(({ to, label, icon: Icon }) => (
            <li key={to}>
              <NavLink to={to} end={to === "/"} className="nav-link">
                <Icon size={17} stroke={1.7} aria-hidden /> {label}
              </NavLink>
            </li>
          ))}
        </ul>
      ))}
    </nav>
  );
}

function Foot() {
  const session = useSession();
  return (
    <div className="foot">
      {session.clock === "virtual" && <VirtualClock />}
      <div className="row spread">
        <StreamState />
        <div className="row tight">
          <SchemeSwitch />
          <Tooltip label="Sign out">
            <ActionIcon variant="subtle" color="gray" aria-label="Sign out" onClick={() => void signOut(session)}>
              <IconLogout size={17} />
            </ActionIcon>
          </Tooltip>
        </div>
      </div>
      <p className="version">
        Offhook {session.version} · {session.mode}
      </p>
    </div>
  );
}

const STATES = { live: "Live", connecting: "Connecting", lost: "Not live" } as const;

function StreamState() {
  const state = useStreamState();
  return (
    <span className={`stream ${state}`} role="status">
      {STATES[state]}
    </span>
  );
}

function SchemeSwitch() {
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme("light");
  const other = scheme === "dark" ? "light" : "dark";
  return (
    <Tooltip label={`To the ${other} colours`}>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={`To the ${other} colours`}
        onClick={() => setColorScheme(other)}
      >
        {scheme === "dark" ? <IconSun size={17} /> : <IconMoon size={17} />}
      </ActionIcon>
    </Tooltip>
  );
}

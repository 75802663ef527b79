// The addresses of the pages. Each page is a file of its own that is loaded when it is first looked at.

import { Loader } from "@mantine/core";
import { lazy, Suspense } from "react";
import { Link, Route, Routes, useLocation } from "react-router";
import { Boundary } from "./parts/Boundary";
import { Head } from "./parts/Layout";

const Overview = lazy(() => import("./pages/Overview"));
const Messages = lazy(() => import("./pages/Messages"));
const Message = lazy(() => import("./pages/Message"));
const Calls = lazy(() => import("./pages/Calls"));
const Call = lazy(() => import("./pages/Call"));
const Recordings = lazy(() => import("./pages/Recordings"));
const Recording = lazy(() => import("./pages/Recording"));
const Conferences = lazy(() => import("./pages/Conferences"));
const Conference = lazy(() => import("./pages/Conference"));
const Queues = lazy(() => import("./pages/Queues"));
const Queue = lazy(() => import("./pages/Queue"));
const TwimlBins = lazy(() => import("./pages/TwimlBins"));
const TwimlBin = lazy(() => import("./pages/TwimlBin"));
const Verify = lazy(() => import("./pages/Verify"));
const VerifyService = lazy(() => import("./pages/VerifyService"));
const Verifications = lazy(() => import("./pages/Verifications"));
const Lookup = lazy(() => import("./pages/Lookup"));
const Handsets = lazy(() => import("./pages/Handsets"));
const PhoneNumbers = lazy(() => import("./pages/PhoneNumbers"));
const BuyNumber = lazy(() => import("./pages/BuyNumber"));
const PhoneNumber = lazy(() => import("./pages/PhoneNumber"));
const Webhooks = lazy(() => import("./pages/Webhooks"));
const Exchange = lazy(() => import("./pages/Exchange"));
const Alerts = lazy(() => import("./pages/Alerts"));
const AlertPage = lazy(() => import("./pages/Alert"));
const Applications = lazy(() => import("./pages/Applications"));
const Application = lazy(() => import("./pages/Application"));
const Subaccounts = lazy(() => import("./pages/Subaccounts"));
const Keys = lazy(() => import("./pages/Keys"));
const Reference = lazy(() => import("./pages/Reference"));

export function Pages() {
  const { pathname } = useLocation();
  return (
    <Boundary key={pathname}>
      <Suspense
        fallback={
          <div className="loading">
            <Loader size="sm" aria-label="Loading" />
          </div>
        }
      >
        <Routes>
          <Route index element={<Overview />} />
          <Route path="messages" element={<Messages />} />
          <Route path="messages/:sid" element={<Message />} />
          <Route path="calls" element={<Calls />} />
          <Route path="calls/:sid" element={<Call />} />
          <Route path="recordings" element={<Recordings />} />
          <Route path="recordings/:sid" element={<Recording />} />
          <Route path="conferences" element={<Conferences />} />
          <Route path="conferences/:sid" element={<Conference />} />
          <Route path="queues" element={<Queues />} />
          <Route path="queues/:sid" element={<Queue />} />
          <Route path="twiml-bins" element={<TwimlBins />} />
          <Route path="twiml-bins/:sid" element={<TwimlBin />} />
          <Route path="verify" element={<Verify />} />
          <Route path="verify/:sid" element={<VerifyService />} />
          <Route path="verifications" element={<Verifications />} />
          <Route path="lookup" element={<Lookup />} />
          <Route path="handsets" element={<Handsets />} />
          <Route path="numbers" element={<PhoneNumbers />} />
          <Route path="numbers/buy" element={<BuyNumber />} />
          <Route path="numbers/:sid" element={<PhoneNumber />} />
          <Route path="webhooks" element={<Webhooks />} />
          <Route path="webhooks/:sid" element={<Exchange />} />
          <Route path="alerts" element={<Alerts />} />
          <Route path="alerts/:sid" element={<AlertPage />} />
          <Route path="applications" element={<Applications />} />
          <Route path="applications/:sid" element={<Application />} />
          <Route path="subaccounts" element={<Subaccounts />} />
          <Route path="keys" element={<Keys />} />
          <Route path="reference" element={<Reference />} />
          <Route path="*" element={<Nowhere />} />
        </Routes>
      </Suspense>
    </Boundary>
  );
}

function Nowhere() {
  return (
    <>
      <Head title="No such page" about="The address may be mistyped, or of another version." />
      <Link to="/">To the overview</Link>
    </>
  );
}

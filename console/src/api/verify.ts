// What Verify answers, as far as the console reads it, and where it stands.

export const VERIFY_SERVICES = "/verify/v2/Services";
export const ATTEMPTS = "/verify/v2/Attempts";
export const ATTEMPTS_SUMMARY = "/verify/v2/Attempts/Summary";
export const VERIFICATIONS = "/offhook/v1/Verifications";
export const VERIFY_BLOCKS = "/offhook/v1/VerifyBlocks";

export const verifyService = (service: string) => `${VERIFY_SERVICES}/${service}`;
export const verification = (service: string, sid: string) => `${verifyService(service)}/Verifications/${sid}`;
export const factorsOf = (service: string, identity: string) =>
  `${verifyService(service)}/Entities/${encodeURIComponent(identity)}/Factors`;
export const qrCode = (factor: string) => `/offhook/v1/Factors/${factor}/QrCode.svg`;

export interface VerifyService {
  sid: string;
  friendly_name: string;
  code_length: number;
  lookup_enabled: boolean;
  skip_sms_to_landlines: boolean;
  dtmf_input_required: boolean;
  tts_name: string | null;
  do_not_share_warning_enabled: boolean;
  custom_code_enabled: boolean;
  psd2_enabled: boolean;
  totp: { issuer: string; time_step: number; code_length: number; skew: number };
  date_created: string | null;
}

export const VERIFICATION_STATUSES = [
  "pending",
  "approved",
  "canceled",
  "max_attempts_reached",
  "expired",
  "deleted",
] as const;

/** A verification: never its code. */
export interface Verification {
  sid: string;
  service_sid: string;
  to: string;
  country: string | null;
  channel: string;
  status: string;
  wrong_checks: number;
  checks_left: number;
  sends: number;
  sends_left: number;
  date_created: string | null;
  expires: string | null;
}

/** One message or call with a code. */
export interface Attempt {
  sid: string;
  verification_sid: string;
  channel: string;
  conversion_status: "converted" | "unconverted";
  channel_data: {
    to: string;
    country: string | null;
    error_code: number | null;
    message_status?: string;
    call_status?: string;
    call_sid?: string | null;
  };
  date_created: string | null;
}

export interface AttemptsSummary {
  total_attempts: number;
  total_converted: number;
  total_unconverted: number;
  /** With two decimals. */
  conversion_rate_percentage: string;
}

/** Numbers that were texted too often without a code coming back. */
export interface VerifyBlock {
  sid: string;
  prefix: string;
  guard: string;
  is_in_force: boolean;
  refused: number;
  date_created: string | null;
  until: string | null;
}

export interface Factor {
  sid: string;
  service_sid: string;
  identity: string;
  friendly_name: string;
  status: "unverified" | "verified";
}

/** As it is shown once, when it is made. */
export interface NewFactor extends Factor {
  binding: { secret: string; uri: string };
}

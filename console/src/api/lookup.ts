// What Lookup answers, and where it stands.

export const lookedUp = (number: string) => `/lookups/v2/PhoneNumbers/${encodeURIComponent(number)}`;
export const numberPlan = (number: string) => `/offhook/v1/PhoneNumbers/${encodeURIComponent(number)}`;

export type Value = string | number | boolean | null | { [name: string]: Value };
/** One package: nulls and the number of the reason where nothing is known. */
export type Found = { [name: string]: Value; error_code: number | null };

export interface LookedUp {
  phone_number: string;
  national_format: string | null;
  country_code: string | null;
  calling_country_code: string | null;
  valid: boolean;
  validation_errors: string[];
  [packaged: string]: unknown;
}

/** What the numbering plan says, beyond Twilio's answer. */
export interface NumberPlan {
  international_format: string | null;
  type: string | null;
  carrier_name: string | null;
  city: string | null;
  state: string | null;
  time_zones: string[];
}

// What the API answers when it refuses: a number that has a page at /errors/<number>.

export class ApiError extends Error {
  constructor(
    readonly code: number | null,
    message: string,
    readonly status: number,
  ) {
    super(message);
  }
}

export class Unreachable extends Error {
  constructor() {
    super("Offhook cannot be reached. Is it still running?");
  }
}

export function docsPage(code: number | string): string {
  return `/errors/${code}`;
}

/** The error in an answer that is not 2xx; whatever its body is, there is a sentence. */
export async function errorOf(response: Response): Promise<ApiError> {
  const text = await response.text();
  try {
    const { code, message } = JSON.parse(text) as { code?: unknown; message?: unknown };
    if (typeof message === "string")
      return new ApiError(typeof code === "number" ? code : null, message, response.status);
  } catch {
    // no JSON: the sentence below says as much as is known
  }
  return new ApiError(null, `Offhook answered ${response.status} ${response.statusText}`.trim(), response.status);
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

// The operations of the API, read off its OpenAPI description.

import type { Method } from "../api/request";

export interface Schema {
  type?: string;
  enum?: string[];
  minimum?: number;
  maximum?: number;
  default?: unknown;
  items?: Schema;
  anyOf?: Schema[];
}

export interface Parameter {
  name: string;
  place: "path" | "query" | "form";
  isRequired: boolean;
  schema: Schema;
}

export interface Operation {
  id: string;
  method: Method;
  path: string;
  product: string;
  summary: string;
  description: string;
  parameters: Parameter[];
}

interface Described {
  summary: string;
  description?: string;
  tags?: string[];
  parameters?: { name: string; in: string; required?: boolean; schema: Schema }[];
  requestBody?: { content: Record<string, { schema: { properties?: Record<string, Schema>; required?: string[] } }> };
}

export interface OpenApi {
  paths: Record<string, Record<string, Described>>;
}

export const FORM = "application/x-www-form-urlencoded";
const METHODS = ["get", "post", "delete"];

export function operationsOf(api: OpenApi): Operation[] {
  return Object.entries(api.paths).flatMap(([path, described]) =>
    METHODS.flatMap((method) => {
      const found = described[method];
      return found ? [operation(method.toUpperCase() as Method, path, found)] : [];
    }),
  );
}

function operation(method: Method, path: string, found: Described): Operation {
  const parameters = (found.parameters ?? []).map((one) => ({
    name: one.name,
    place: one.in === "path" ? ("path" as const) : ("query" as const),
    isRequired: one.required ?? false,
    schema: one.schema,
  }));
  const summary = found.summary;
  return {
    id: `${method} ${path}`,
    method,
    path,
    product: found.tags?.[0] ?? "api",
    summary,
    description: (found.description ?? "").replace(summary, "").trim(),
    parameters: [...parameters, ...formOf(found)],
  };
}

function formOf({ requestBody }: Described): Parameter[] {
  const schema = requestBody?.content[FORM]?.schema;
  return Object.entries(schema?.properties ?? {}).map(([name, one]) => ({
    name,
    place: "form",
    isRequired: schema?.required?.includes(name) ?? false,
    schema: one,
  }));
}

/** The path with its parameters filled in; what is missing stays as a name in braces. */
export function filledPath(path: string, values: Record<string, string>): string {
  return path.replace(/\{(\w+)\}/g, (braced, name: string) =>
    values[name] ? encodeURIComponent(values[name]) : braced,
  );
}

/** What was typed, as parameters: several lines are several values of a list. */
export function paramsOf(operation: Operation, values: Record<string, string>): Record<string, string | string[]> {
  const given = operation.parameters.filter(({ name, place }) => place !== "path" && values[name]);
  return Object.fromEntries(
    given.map(({ name, schema }) => {
      const value = values[name]!;
      return [name, schema.type === "array" ? value.split("\n").filter(Boolean) : value];
    }),
  );
}

export function missing(operation: Operation, values: Record<string, string>): string[] {
  return operation.parameters.filter(({ name, isRequired }) => isRequired && !values[name]).map(({ name }) => name);
}

/** The operations whose path, summary or parameters contain every word. */
export function matching(operations: Operation[], text: string): Operation[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return operations.filter((one) => {
    const all = [one.id, one.summary, ...one.parameters.map(({ name }) => name)].join(" ").toLowerCase();
    return words.every((word) => all.includes(word));
  });
}

// One save to the service, and what came of it.

import { desk } from "./drafts.js";

const SMALL = 8000;
const PATIENCE = 20000;

// kind: saved, error (kept, cannot be read), conflict, refused, out, stranger, offline or busy.
export async function send(url, fields, seen, key) {
  const body = new URLSearchParams([...fields, ["seen", seen], ["key", key]]);
  let response;
  try {
    response = await fetch(url, {
      method: "POST",
      body,
      headers: { Accept: "application/json", "X-CSRF": desk.dataset.csrf },
      keepalive: body.toString().length < SMALL,
      signal: AbortSignal.timeout?.(PATIENCE),
    });
    return { kind: await kindOf(response), body: await said(response) };
  } catch {
    return { kind: "offline", body: {} };
  }
}

async function said(response) {
  const isJson = response.headers.get("Content-Type")?.startsWith("application/json");
  return isJson ? response.json() : {};
}

async function kindOf(response) {
  if (response.redirected) return "out";
  if (response.ok) return "kept";
  const kinds = { 401: "out", 403: "refused", 404: "refused", 409: "conflict", 422: "refused" };
  if (response.status === 400) return isSignedOut();
  return kinds[response.status] ?? "busy";
}

// A form is refused alike when nobody is signed in any more and when somebody else is.
async function isSignedOut() {
  const home = await fetch("/unit/", { headers: { Accept: "application/json" } });
  return home.status === 401 ? "out" : "stranger";
}

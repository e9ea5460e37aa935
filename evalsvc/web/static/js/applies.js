// What is not applicable needs no answer: its fields rest while a reason is chosen.

const REASON = "reason";

// Whether they rest now.
export function restFields(form) {
  const reason = form.elements[REASON];
  if (!reason) return false;
  const rests = reason.type === "checkbox" ? reason.checked : reason.value !== "";
  for (const part of form.querySelectorAll(".ans > fieldset")) {
    if (!part.contains(reason)) part.disabled = rests;
  }
  return rests;
}

export function emptyResting(form) {
  for (const field of form.querySelectorAll(".ans > fieldset:disabled :is(input, select, textarea)")) {
    if (field.type === "radio" || field.type === "checkbox") field.checked = false;
    else if (!field.readOnly) field.value = field.tagName === "SELECT" ? field.value : "";
  }
}

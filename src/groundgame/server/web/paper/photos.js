// @ts-check
/**
 * A pile of sheets, photographed with the phone that this page is open on.
 *
 * A browser's camera gives one photograph at a time. Each is put beside those before it
 * in the field that is sent, so that a pile is one upload. Without this script the field
 * takes files as it always did.
 */

const camera = document.querySelector("#camera");
const shot = document.querySelector("#one-more");
const field = document.querySelector('input[name="photos"]');
const said = camera?.querySelector("[role=status]");

/** Say how many photographs there are. */
function tell() {
  if (!(said instanceof HTMLElement) || !(field instanceof HTMLInputElement)) return;
  const count = field.files?.length ?? 0;
  const { none, one, many } = said.dataset;
  said.textContent = (count > 1 ? `${many} ${count}` : count ? one : none) ?? "";
}

/** Put the photograph that was just taken beside the others. */
function add() {
  if (!(shot instanceof HTMLInputElement) || !(field instanceof HTMLInputElement)) return;
  const all = new DataTransfer();
  for (const file of [...(field.files ?? []), ...(shot.files ?? [])]) all.items.add(file);
  field.files = all.files;
  shot.value = "";
  tell();
}

if (camera instanceof HTMLElement && matchMedia("(pointer: coarse)").matches) {
  camera.hidden = false;
  shot?.addEventListener("change", add);
  field?.addEventListener("change", tell);
  tell();
}

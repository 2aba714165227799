// Only speed: every page works without it.
const find = document.getElementById("find");
let dirty = false;
document.addEventListener("keydown", (event) => {
  const typing = /^(input|textarea|select)$/i.test(document.activeElement?.tagName ?? "");
  if (event.key === "/" && !typing && find) { event.preventDefault(); find.focus(); }
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    document.activeElement?.form?.querySelector(".button.primary")?.click();
  }
  const jump = event.altKey && /^[1-9]$/.test(event.key) && document.querySelectorAll("fieldset")[Number(event.key) - 1];
  if (jump) { event.preventDefault(); jump.querySelector("input, select, textarea")?.focus(); }
});
document.addEventListener("input", (event) => { dirty ||= Boolean(event.target.closest("form[method=post]")); });
document.addEventListener("submit", () => { dirty = false; });
addEventListener("beforeunload", (event) => { if (dirty) event.preventDefault(); });

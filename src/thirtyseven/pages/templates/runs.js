// Shows how far a run is where it was asked for, and goes to its page when it is done. Without this file the page asks again.
"use strict";
(() => {
  if (!window.EventSource) return;
  let source = null;
  const watch = (address, bar, how, ended, failed) => {
    if (source) source.close();
    source = new EventSource(address);
    source.onmessage = (event) => {
      const said = JSON.parse(event.data);
      bar.hidden = false;
      bar.value = said.share;
      how.textContent = said.words;
    };
    source.addEventListener("end", () => { source.close(); ended(); });
    source.onerror = () => { source.close(); failed(); };
  };
  const bar = document.getElementById("bar"), how = document.getElementById("how");
  if (bar) watch(bar.dataset.progress, bar, how, () => location.reload(), () => setTimeout(() => location.reload(), 2000));
  for (const form of document.querySelectorAll("form[data-progress]")) {
    const [line, said] = form.querySelectorAll("progress, [role=status]");
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const asked = "?" + new URLSearchParams(new FormData(form));
      const done = () => { line.hidden = true; said.textContent = ""; location.assign(form.action + asked); };
      watch(form.dataset.progress + asked, line, said, done, done);  // what is refused is explained on the run's page
    });
  }
})();

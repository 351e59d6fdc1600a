// Shows how far a run is, and its result when it is done. Without this file the page asks again by itself.
"use strict";
(() => {
  const bar = document.getElementById("bar"), how = document.getElementById("how");
  if (!bar || !window.EventSource) return;
  const source = new EventSource(bar.dataset.progress);
  source.onmessage = (event) => {
    const said = JSON.parse(event.data);
    bar.value = said.share;
    how.textContent = said.words;
  };
  source.addEventListener("end", () => { source.close(); location.reload(); });
  source.onerror = () => { source.close(); setTimeout(() => location.reload(), 2000); };
})();

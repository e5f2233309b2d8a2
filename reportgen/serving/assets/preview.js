// Reloads the page when there is another one, and keeps the place.
"use strict";
{
  const { state, events } = document.currentScript.dataset;
  const kept = "reportgen-preview";
  const place = JSON.parse(sessionStorage.getItem(kept) || "null");
  sessionStorage.removeItem(kept);
  if (place && place.path === location.pathname) {
    addEventListener("load", () => scrollTo(0, place.y));
  }
  new EventSource(events).addEventListener("message", (event) => {
    if (event.data === state) return;
    sessionStorage.setItem(kept, JSON.stringify({ path: location.pathname, y: scrollY }));
    location.reload();
  });
}

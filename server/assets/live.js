// Before the first paint: the theme that this browser has chosen. Afterwards, on pages for people who are
// signed in: one event stream for all tabs of this browser, told to each tab as events on `window`:
//   rolecall:revision  detail { revision, touched }   something was saved
//   rolecall:online / rolecall:offline                the stream is there / is not
//   rolecall:version                                  the server runs another version: the next link reloads
(() => {
  const script = document.currentScript;
  try {
    const theme = localStorage.getItem("rolecall-theme");
    if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  } catch { /* a browser that keeps nothing has the system's theme */ }

  const { events, build } = script.dataset;
  if (!events) return;

  const channel = new BroadcastChannel("rolecall");
  let last = null; // what the leading tab last heard, for tabs that open later
  let outdated = false;

  const tell = (name, detail) => window.dispatchEvent(new CustomEvent(`rolecall:${name}`, { detail }));
  const hear = (news) => {
    if (news.name === "revision" && news.build && news.build !== build && !outdated) {
      outdated = true;
      tell("version");
    }
    tell(news.name === "revision" ? "online" : news.name);
    if (news.name === "revision") tell("revision", { revision: news.revision, touched: news.touched || [] });
  };
  const spread = (news) => { last = news; channel.postMessage(news); hear(news); };

  channel.onmessage = ({ data }) => {
    if (data.name === "hello") { if (last) channel.postMessage({ ...last, touched: [] }); } else hear(data);
  };

  // Only the tab that holds the lock listens. It holds it until it is closed; then the next one does.
  let wait = 1000;
  const listen = () => {
    const stream = new EventSource(events);
    stream.onmessage = ({ data }) => {
      wait = 1000;
      spread({ name: "revision", ...JSON.parse(data) });
    };
    stream.onerror = () => {
      spread({ name: "offline" });
      if (stream.readyState !== EventSource.CLOSED) return;
      setTimeout(listen, wait); // refused: the browser does not try again by itself
      wait = Math.min(wait * 2, 30000);
    };
  };
  const lead = () => { listen(); return new Promise(() => {}); };
  const start = () => {
    channel.postMessage({ name: "hello" });
    if (navigator.locks) navigator.locks.request("rolecall-events", lead); else listen();
  };
  if (document.readyState === "complete") start(); else window.addEventListener("load", start);

  // A tab of an older version leaves its own pages by loading them anew.
  window.addEventListener("click", (event) => {
    const link = event.target instanceof Element && event.target.closest("a[href]");
    if (outdated && link && !event.ctrlKey && !event.metaKey && !event.shiftKey) event.stopImmediatePropagation();
  }, true);
})();

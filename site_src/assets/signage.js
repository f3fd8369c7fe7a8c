/* The lobby display: one part of the page at a time, as large as the screen. Without script all parts stand below each other. */
(function () {
  "use strict";
  var here = document.currentScript.src;
  var SHOWN = 12000, RENEWED = 1800000; // milliseconds: how long a part stands, and when the page asks for a new version
  var show = document.querySelector(".signage"), parts = Array.prototype.slice.call(show.children);
  var now = 0, timer = null, begun = Date.now(), words, play, position;

  // Other scripts of the page may wait for the same words.
  var others = window.mingshiWords;
  window.mingshiWords = function (all) {
    if (others) others(all);
    if (words) return;
    words = all[document.documentElement.lang];
    begin();
  };
  var script = document.createElement("script");
  script.src = here.replace("signage.js", "words.js");
  document.head.appendChild(script);
  var look = document.createElement("link");
  look.rel = "stylesheet";
  look.media = "screen"; // paper shows the plain page
  look.href = here.replace("signage.js", "screens.css");
  document.head.appendChild(look);

  function begin() {
    document.documentElement.classList.add("showing");
    play = button("", function () { if (timer) stop(); else start(); });
    position = document.createElement("span");
    var bar = document.createElement("div");
    bar.className = "bar-keys";
    bar.append(play, button("kiosk.before", function () { turn(-1); }), button("kiosk.next", function () { turn(1); }), position);
    var home = document.createElement("a");
    home.href = document.querySelector("a.brand").href;
    home.textContent = words["kiosk.home"];
    bar.append(home);
    show.after(bar);
    turn(0);
    // Who asks for less motion starts the change of pictures.
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) stop(); else start();
  }

  function button(word, act) {
    var made = document.createElement("button");
    made.type = "button";
    made.className = "btn";
    made.textContent = word ? words[word] : "";
    made.addEventListener("click", act);
    return made;
  }

  addEventListener("beforeprint", function () { parts.forEach(function (part) { part.hidden = false; }); });
  addEventListener("afterprint", function () { turn(0); });

  function start() {
    timer = setInterval(function () { turn(1); }, SHOWN);
    play.textContent = words["kiosk.pause"];
  }

  function stop() {
    clearInterval(timer);
    timer = null;
    play.textContent = words["kiosk.play"];
  }

  function turn(steps) {
    now = (now + steps + parts.length) % parts.length;
    parts.forEach(function (part, index) { part.hidden = index !== now; });
    position.textContent = words["kiosk.position"].replace("{n}", now + 1).replace("{all}", parts.length);
    if (!now && steps && Date.now() - begun > RENEWED) renew();
  }

  // The site is built anew every day; a screen without a network keeps what it shows.
  function renew() {
    begun = Date.now();
    if (location.protocol === "file:") return;
    fetch(location.href, { method: "HEAD", cache: "no-store" }).then(function (answer) {
      if (answer.ok) location.reload();
    }, function () { /* no network: next round */ });
  }
})();

// Copy buttons of "How to cite" boxes, and the search of the index page. No framework.
(function () {
  "use strict";

  function copyByHand(text) {
    var area = document.createElement("textarea");
    area.value = text;
    area.setAttribute("readonly", "");
    area.style.position = "fixed";
    area.style.opacity = "0";
    document.body.appendChild(area);
    area.select();
    var done = document.execCommand("copy");
    area.remove();
    return done ? Promise.resolve() : Promise.reject(new Error("not copied"));
  }

  function copy(line) {
    var text = line.textContent.trim();
    if (!navigator.clipboard) { return copyByHand(text); }
    if (window.ClipboardItem && navigator.clipboard.write) {
      var item = new ClipboardItem({
        "text/plain": new Blob([text], { type: "text/plain" }),
        "text/html": new Blob([line.innerHTML], { type: "text/html" }),
      });
      return navigator.clipboard.write([item])
        .catch(function () { return navigator.clipboard.writeText(text); })
        .catch(function () { return copyByHand(text); });
    }
    return navigator.clipboard.writeText(text).catch(function () { return copyByHand(text); });
  }

  function enliven(box) {
    var status = box.querySelector('[role="status"]');
    box.querySelectorAll("button[data-copy]").forEach(function (button) {
      button.hidden = false;
      button.addEventListener("click", function () {
        var line = document.getElementById(button.dataset.copy);
        status.textContent = "";
        copy(line).then(
          function () { status.textContent = "Copied: " + line.textContent.trim(); },
          function () { status.textContent = "Not copied: select the line and copy it by hand."; }
        );
      });
    });
  }

  // Letters that are no letter with an accent, so that "walesa" finds "Wałęsa".
  var PLAIN = { "ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ß": "ss", "æ": "ae",
    "œ": "oe", "þ": "th" };

  function plain(text) {
    return text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "")
      .replace(/[łøđðħıßæœþ]/g, function (letter) { return PLAIN[letter]; });
  }

  function search(input) {
    var rows = Array.from(document.querySelectorAll("[data-search] tbody tr"));
    var texts = rows.map(function (row) { return plain(row.textContent); });
    var status = document.getElementById("citekit-found");
    function show() {
      var words = plain(input.value).split(/\s+/).filter(Boolean);
      var count = 0;
      rows.forEach(function (row, i) {
        var fits = words.every(function (word) { return texts[i].includes(word); });
        row.hidden = !fits;
        count += fits ? 1 : 0;
      });
      status.textContent = count + " of " + rows.length + " records";
    }
    input.addEventListener("input", show);
    input.closest("[hidden]") && (input.closest("[hidden]").hidden = false);
    show();
  }

  function start() {
    document.querySelectorAll(".citekit").forEach(enliven);
    var input = document.getElementById("citekit-search");
    if (input) { search(input); }
  }

  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", start);
  } else {
    start();
  }
})();

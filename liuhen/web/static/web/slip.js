/* 换一台设备签名: what the signer's device does; one pad under each page that is signed. */
"use strict";
(function () {
  const pads = Array.from(document.querySelectorAll("[data-pad]")).map((box) => {
    const canvas = box.querySelector("canvas"), pen = canvas.getContext("2d");
    const pad = { box, strokes: [], began: 0, drawing: false };
    const point = (event) => {
      const place = canvas.getBoundingClientRect(), now = Math.round(event.timeStamp);
      if (!pad.began) pad.began = now;
      const within = (value, most) => Math.max(0, Math.min(most, Math.round(value)));
      return [within((event.clientX - place.left) / place.width * 1000, 1000), within((event.clientY - place.top) / place.height * 360, 360), Math.max(0, now - pad.began)];
    };
    canvas.addEventListener("pointerdown", (event) => {
      canvas.setPointerCapture(event.pointerId); pad.drawing = true; pad.strokes.push([point(event)]); event.preventDefault();
    });
    canvas.addEventListener("pointermove", (event) => {
      if (!pad.drawing) return;
      const stroke = pad.strokes[pad.strokes.length - 1], last = stroke[stroke.length - 1], next = point(event);
      stroke.push(next);
      pen.lineWidth = 8; pen.lineCap = "round"; pen.beginPath(); pen.moveTo(last[0], last[1]); pen.lineTo(next[0], next[1]); pen.stroke();
    });
    ["pointerup", "pointercancel"].forEach((name) => canvas.addEventListener(name, () => { pad.drawing = false; }));
    box.querySelector("[data-clear]").addEventListener("click", () => { pad.strokes = []; pad.began = 0; pen.clearRect(0, 0, 1000, 360); });
    return pad;
  });
  const form = document.querySelector("[data-slip]");
  if (form) form.addEventListener("submit", (event) => {
    const empty = pads.findIndex((pad) => pad.strokes.reduce((sum, stroke) => sum + stroke.length, 0) < 8);
    if (empty >= 0) {
      event.preventDefault();
      form.querySelector("[data-says]").textContent = pads.length > 1 ? "第 " + (empty + 1) + " 页还没有签名，或者签得太短" : "还没有签名，或者签得太短";
      pads[empty].box.scrollIntoView({ block: "center" });
      return;
    }
    const drawn = pads.map((pad) => pad.strokes);
    form.querySelector("[name=drawn]").value = JSON.stringify(form.dataset.slip === "pages" ? drawn : drawn[0]);
  });

  const copy = document.querySelector("[data-copy]");
  if (copy) {
    const look = () => fetch(copy.dataset.copy, { credentials: "same-origin" }).then((answer) => answer.json()).then((json) => {
      if (!json.copy) { setTimeout(look, 4000); return; }
      copy.querySelector("[data-copy-link]").href = json.copy;
      copy.querySelector("[data-copy-ready]").hidden = false; copy.querySelector("[data-copy-waits]").hidden = true;
    }).catch(() => setTimeout(look, 8000));
    look();
  }
})();

/* 本人阅看: the text large, line by line, aloud where the browser can; his corrections are lines of their own. 听写. */
"use strict";
(function () {
  const tell = (field) => field.dispatchEvent(new Event("input", { bubbles: true }));
  const page = document.createElement("dialog");
  page.className = "reading"; page.setAttribute("aria-labelledby", "reading-title");
  page.innerHTML = '<div class="reading-head"><h2 id="reading-title">请本人阅看</h2><button type="button" class="btn btn-outline-secondary" data-larger>字大些</button> <button type="button" class="btn btn-outline-secondary" data-smaller>字小些</button> <button type="button" class="btn btn-outline-secondary" data-aloud hidden>读给我听</button><span class="faint" data-mute hidden>这台电脑没有装中文语音，请执法人员念给本人听</span> <button type="button" class="btn btn-primary" data-end>看完了</button></div>' +
    '<p class="soft">哪一行不对、不全，点那一行旁边的“更正”，写您要说的话；原来的文字不改动，您的话另起一行记在后面。</p>' +
    '<div class="field"><label for="reading-who">阅看人</label><input class="form-control" id="reading-who" autocomplete="off"></div><ol class="reading-lines"></ol>';
  document.body.append(page);
  const at = (selector) => page.querySelector(selector);
  let corrections = null, size = 1.5;
  const resize = (by) => { size = Math.max(1.2, Math.min(4, size + by)); at(".reading-lines").style.setProperty("font-size", size + "rem"); };
  at("[data-larger]").addEventListener("click", () => resize(.3));
  at("[data-smaller]").addEventListener("click", () => resize(-.3));
  const voice = window.speechSynthesis;
  const hush = () => { if (voice) voice.cancel(); };
  /* Only a voice of this very machine: others send the text to somebody else's. */
  const own = () => voice && voice.getVoices().find((one) => one.localService && /^(zh|cmn)/i.test(one.lang));
  const aloud = (texts) => {
    hush();
    texts.forEach((text) => { const said = new SpeechSynthesisUtterance(text); said.voice = own(); said.lang = "zh-CN"; said.rate = .9; voice.speak(said); });
  };
  at("[data-end]").addEventListener("click", () => page.close());
  page.addEventListener("close", hush);

  const lines = (text) => at(".reading-lines").replaceChildren(...text.split("\n").map((line, i) => {
    const row = document.createElement("li"), words = document.createElement("span"), button = document.createElement("button");
    words.textContent = line;
    button.type = "button"; button.className = "btn btn-sm btn-outline-primary"; button.textContent = "更正";
    button.setAttribute("aria-label", "更正第 " + (i + 1) + " 行");
    button.addEventListener("click", () => correct(row, line, i + 1, button));
    row.append(words, " ", button);
    return row;
  }));
  const correct = (row, line, number, button) => {
    if (row.querySelector("textarea")) return;
    const said = document.createElement("textarea"), keep = document.createElement("button");
    said.className = "form-control"; said.rows = 2; said.setAttribute("aria-label", "对第 " + number + " 行的更正");
    keep.type = "button"; keep.className = "btn btn-primary"; keep.textContent = "记下";
    keep.addEventListener("click", () => {
      const who = at("#reading-who").value.trim(), words = said.value.trim().replace(/\s*\n\s*/g, " ");
      if (!who) { at("#reading-who").focus(); return; }
      if (!words) { said.focus(); return; }
      const quoted = line.trim().length > 40 ? line.trim().slice(0, 40) + "……" : line.trim();
      const own = who + "阅看后对第" + number + "行（“" + quoted + "”）说：" + words;
      corrections.value += (corrections.value && !corrections.value.endsWith("\n") ? "\n" : "") + own;
      tell(corrections);
      const note = document.createElement("p");
      note.className = "note"; note.textContent = own;
      said.remove(); keep.remove(); row.append(note); button.focus();
    });
    row.append(said, keep); said.focus();
  };
  document.addEventListener("click", (event) => {
    const open = event.target.closest("[data-reading]");
    if (!open) return;
    const text = document.getElementById(open.dataset.reading), who = document.getElementById(open.dataset.who);
    corrections = document.getElementById(open.dataset.corrections);
    const shown = text.value.trim();
    if (!shown) { open.textContent = "还没有写内容"; return; }
    at("#reading-who").value = who ? who.value : "";
    lines(shown); resize(0);
    const button = at("[data-aloud]");
    const offer = () => { button.hidden = !own(); at("[data-mute]").hidden = !button.hidden; };
    if (voice) voice.onvoiceschanged = offer; /* they are told a moment after they are asked for */
    offer();
    button.onclick = () => aloud(shown.split("\n").filter((line) => line.trim()));
    page.showModal();
  });

  /* 听写: recorded here, made into text by the installation's own recogniser. */
  let recorder = null;
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-dictate]");
    if (!button) return;
    if (recorder) { recorder.stop(); return; }
    const field = document.getElementById(button.dataset.dictate), label = "听写";
    if (!navigator.mediaDevices || !window.MediaRecorder) { button.textContent = "这里不能录音，请键入"; return; }
    navigator.mediaDevices.getUserMedia({ audio: true }).then((stream) => {
      const pieces = [];
      recorder = new MediaRecorder(stream);
      recorder.addEventListener("dataavailable", (one) => pieces.push(one.data));
      recorder.addEventListener("stop", () => {
        stream.getTracks().forEach((track) => track.stop());
        const sound = new Blob(pieces, { type: recorder.mimeType });
        recorder = null; button.textContent = "正在转成文字……";
        const token = document.querySelector("input[name=csrfmiddlewaretoken]").value;
        fetch(button.dataset.url, { method: "POST", body: sound, credentials: "same-origin", headers: { "X-CSRFToken": token, "Content-Type": "application/octet-stream", "X-Media-Type": sound.type } })
          .then((answer) => answer.json()).then((json) => {
            button.textContent = json.text ? label : (json.message || "没有听清");
            if (json.text) { field.setRangeText(json.text, field.selectionStart, field.selectionEnd, "end"); field.focus(); tell(field); }
          }).catch(() => { button.textContent = "网络不通，请再试一次"; });
      });
      recorder.start(); button.textContent = "正在听……说完再点";
    }).catch(() => { button.textContent = "没有得到话筒的许可"; });
  });
})();

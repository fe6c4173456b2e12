/* 写文书时取用的: questions, phrases and earlier words go in where the cursor stands; marks are confirmed one by one. */
"use strict";
(function () {
  const MARK = "【待核】";
  const tell = (field) => field.dispatchEvent(new Event("input", { bubbles: true }));

  const insert = (field, text, ownLine) => {
    const from = field.selectionStart, to = field.selectionEnd;
    const before = field.value.slice(0, from), after = field.value.slice(to);
    const lead = ownLine && before && !before.endsWith("\n") ? "\n" : "";
    const tail = ownLine && after && !after.startsWith("\n") ? "\n" : "";
    field.value = before + lead + text + tail + after;
    const end = (before + lead + text).length;
    field.focus(); field.setSelectionRange(end, end);
    tell(field);
  };

  const count = (field) => {
    const note = document.querySelector('[data-unconfirmed="' + field.id + '"]');
    if (!note) return;
    const left = field.value.split(MARK).length - 1;
    note.hidden = !left;
    note.querySelector("[role=status]").textContent = left ? "还有 " + left + " 处待核" : "";
  };
  document.querySelectorAll("[data-unconfirmed]").forEach((note) => {
    const field = document.getElementById(note.dataset.unconfirmed);
    if (!field) return;
    field.addEventListener("input", () => count(field));
    count(field);
  });

  document.addEventListener("click", (event) => {
    const put = event.target.closest("[data-insert]");
    if (put) insert(document.getElementById(put.dataset.into), put.dataset.insert, "ownLine" in put.dataset);
    const fetched = event.target.closest("[data-insert-from]");
    if (fetched) {
      const label = fetched.textContent;
      fetched.textContent = "正在取来……";
      fetch(fetched.dataset.insertFrom, { credentials: "same-origin" })
        .then((answer) => { if (!answer.ok) throw new Error("no"); return answer.json(); })
        .then((json) => {
          fetched.textContent = json.text ? label : "这一份没有写这一栏";
          if (json.text) insert(document.getElementById(fetched.dataset.into), json.text, true);
        })
        .catch(() => { fetched.textContent = "没有取到，请再试一次"; });
    }
    const next = event.target.closest("[data-confirm-next]");
    if (next) {
      const field = document.getElementById(next.dataset.confirmNext);
      const here = field.value.indexOf(MARK, field.selectionEnd);
      const at = here < 0 ? field.value.indexOf(MARK) : here;
      if (at >= 0) { field.focus(); field.setSelectionRange(at, at + MARK.length); }
    }
    const done = event.target.closest("[data-confirm-here]");
    if (done) {
      const field = document.getElementById(done.dataset.confirmHere);
      const line = field.value.indexOf("\n", field.selectionStart);
      const before = field.value.lastIndexOf(MARK, line < 0 ? field.value.length : line);
      const at = before < 0 ? field.value.indexOf(MARK) : before;
      if (at < 0) return;
      field.value = field.value.slice(0, at) + field.value.slice(at + MARK.length);
      const following = field.value.indexOf(MARK, at);
      field.focus();
      field.setSelectionRange(following < 0 ? at : following, following < 0 ? at : following + MARK.length);
      tell(field);
    }
  });
})();

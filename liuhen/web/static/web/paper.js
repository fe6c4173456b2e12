/* 文书预览和手写签名: what is typed as it would be printed, and signatures drawn on the screen with their times. */
"use strict";
(function () {
  const form = document.querySelector("form[data-preview-url]");
  if (!form) return;
  const box = document.querySelector("[data-preview]");
  const says = box && box.querySelector("[data-preview-says]");
  const pages = box && box.querySelector("[data-preview-pages]");
  const token = () => form.querySelector("input[name=csrfmiddlewaretoken]").value;
  /* Pages come as drawings; one that did not change is named and not sent again. */
  let held = new Map();
  const ask = (more) => {
    const body = new URLSearchParams(more);
    new FormData(form).forEach((value, name) => { if (typeof value === "string") body.append(name, value); });
    body.set("_held", Array.from(held.keys()).join(" "));
    return fetch(form.dataset.previewUrl, { method: "POST", body, headers: { "X-CSRFToken": token() }, credentials: "same-origin" })
      .then((answer) => answer.json().then((json) => { if (!answer.ok) throw Object.assign(new Error(json.message || "no"), { said: json }); return json; }))
      .then((shown) => {
        const now = new Map(shown.pages.map((page) => [page.id, page.src || held.get(page.id)]));
        if (!more) held = now;
        return { ...shown, sources: shown.pages.map((page) => now.get(page.id)) };
      });
  };
  const leaf = (shown, i) => {
    const page = document.createElement("img");
    page.src = shown.sources[i]; page.className = "sheet-page"; page.alt = "预览第 " + (i + 1) + " 页，共 " + shown.total + " 页";
    return page;
  };
  const lay = (into, shown) => {
    const before = Array.from(into.querySelectorAll("img"));
    if (before.length && before.length === shown.sources.length && into.children.length === before.length) {
      before.forEach((page, i) => { if (page.src !== shown.sources[i]) page.replaceWith(leaf(shown, i)); });
      return;
    }
    into.replaceChildren(...shown.sources.map((source, i) => leaf(shown, i)));
    if (!shown.total) into.textContent = "这一事项不印成文书。";
    if (shown.total > shown.sources.length) {
      const more = document.createElement("p");
      more.textContent = "共 " + shown.total + " 页，这里先看前 " + shown.sources.length + " 页；签名时给出全文。";
      into.append(more);
    }
  };

  /* What the articles would find missing is said before the button: once the page is there, and after each change. */
  const wanting = form.querySelector("[data-lacking]");
  if (wanting) {
    let timer = 0, asked = 0;
    const look = () => {
      const body = new URLSearchParams(), turn = ++asked;
      new FormData(form).forEach((value, name) => { if (typeof value === "string") body.append(name, value); });
      fetch(wanting.dataset.lacking, { method: "POST", body, headers: { "X-CSRFToken": token() }, credentials: "same-origin" })
        .then((answer) => answer.ok && !answer.redirected ? answer.text() : "")
        .then((text) => {
          if (turn !== asked) return;
          wanting.innerHTML = text; wanting.hidden = !text.trim();
          const count = form.querySelector("[data-lacking-count]"), found = wanting.querySelectorAll("ul:not(.begun) > li").length;
          count.hidden = !found; count.textContent = "提交前请看 " + found + " 项";
        })
        .catch(() => {});
    };
    const soon = () => { clearTimeout(timer); timer = setTimeout(look, 900); };
    form.addEventListener("input", soon); form.addEventListener("change", soon);
    look();
  }

  if (box) {
    box.hidden = false;
    const remembered = (value) => { try { return value === undefined ? localStorage.getItem("preview") : localStorage.setItem("preview", value); } catch (error) { return null; } };
    /* One at a time: what is typed meanwhile is asked for as soon as the answer is there. */
    let busy = false, again = false;
    const refresh = () => {
      if (busy) { again = true; return; }
      busy = true;
      ask().then((shown) => { lay(pages, shown); says.textContent = ""; })
        .catch(() => { says.textContent = "　暂时不能预览，您的文字仍在本页"; })
        .finally(() => { busy = false; if (again) { again = false; refresh(); } });
    };
    box.addEventListener("toggle", () => { remembered(box.open ? "open" : ""); if (box.open) refresh(); });
    if (remembered() === "open") box.open = true;
    form.addEventListener("input", () => { if (box.open) setTimeout(refresh, 0); });
  }

  /* An agency's own form beside the shipped one; what it has lost is said before it is handed in. */
  const own = document.querySelector("[data-own-form]");
  if (own) {
    own.hidden = false;
    const at = (selector) => own.querySelector(selector), say = (words) => { at("[data-own-says]").textContent = words; };
    const id = () => document.getElementById("id_form"), definition = () => document.getElementById("id_text");
    const address = (tail) => own.dataset.ownForm.replace("form-id", encodeURIComponent(id().value.trim())) + tail;
    at("[data-own-take]").addEventListener("click", () => {
      const chosen = at("#own-form-from").value;
      if (!chosen) { say("请先选择样式"); return; }
      id().value = chosen;
      fetch(address(""), { credentials: "same-origin" }).then((answer) => answer.json()).then((json) => {
        definition().value = json.text; definition().dispatchEvent(new Event("input", { bubbles: true }));
        say("已取来，改好后点“对照预览”");
      }).catch(() => say("没有取到，请再试一次"));
    });
    const show = (into, sources, title) => into.replaceChildren(...sources.map((source, i) => {
      const page = document.createElement("img");
      page.src = source; page.className = "sheet-page"; page.alt = title + "第 " + (i + 1) + " 页";
      return page;
    }));
    at("[data-own-look]").addEventListener("click", () => {
      if (!id().value.trim()) { say("请先选择或者填写样式编号"); return; }
      say("正在排版……");
      const body = new URLSearchParams({ text: definition().value, size: at("#own-form-full").checked ? "full" : "empty" });
      fetch(address("preview/"), { method: "POST", body, headers: { "X-CSRFToken": token() }, credentials: "same-origin" })
        .then((answer) => answer.json()).then((json) => {
          at("[data-own-lost]").replaceChildren(...json.problems.map((words) => { const line = document.createElement("li"); line.textContent = words; return line; }));
          show(at("[data-own-standing]"), json.standing, "本程序的样式"); show(at("[data-own-changed]"), json.own, "本机关的样式");
          say(json.problems.length ? "还不能启用，有 " + json.problems.length + " 处要改" : "法律和文书目录要求的内容都在，可以启用");
        }).catch(() => say("没有排出来，请检查样式编号"));
    });
  }

  /* One pad for the page; opened for one row, shown the text first. */
  const pad = document.createElement("dialog");
  pad.className = "sign-pad"; pad.setAttribute("aria-labelledby", "sign-pad-title");
  pad.innerHTML = '<h2 id="sign-pad-title"></h2><div class="sign-text" tabindex="0" aria-label="签名前请看全文"></div>' +
    '<canvas width="1000" height="360" aria-label="在这里手写签名"></canvas>' +
    '<div class="sign-buttons"><button type="button" class="btn btn-primary" data-done>签好了</button> ' +
    '<button type="button" class="btn btn-outline-secondary" data-clear>重写</button> ' +
    '<button type="button" class="btn btn-outline-secondary" data-close>取消</button> <span role="status" data-says></span></div>';
  document.body.append(pad);
  const canvas = pad.querySelector("canvas"), pen = canvas.getContext("2d");
  const text = pad.querySelector(".sign-text"), said = pad.querySelector("[data-says]");
  let row = null, strokes = [], began = 0, digest = "", at = "", drawing = false, whole = null, signed = [];

  /* What cannot be recorded as it stands is mended before anybody signs it. */
  const room = [canvas, pad.querySelector("[data-done]"), pad.querySelector("[data-clear]")];
  const halt = (name, json) => {
    pad.querySelector("h2").textContent = "现在还不能请" + name + "签名";
    const why = document.createElement("p"), list = document.createElement("ul");
    why.textContent = json.message + "："; why.setAttribute("role", "alert");
    list.append(...(json.wrong || []).map((words) => { const line = document.createElement("li"); line.textContent = words; return line; }));
    text.replaceChildren(why, list); text.classList.add("wants"); room.forEach((one) => { one.hidden = true; });
    pad.querySelector("[data-close]").textContent = "回去改"; pad.querySelector("[data-close]").focus();
  };
  const unhalt = () => { text.classList.remove("wants"); room.forEach((one) => { one.hidden = false; }); pad.querySelector("[data-close]").textContent = "取消"; };

  const clear = () => { strokes = []; began = 0; pen.clearRect(0, 0, canvas.width, canvas.height); said.textContent = ""; };
  const point = (event) => {
    const place = canvas.getBoundingClientRect();
    const now = Math.round(event.timeStamp);
    if (!began) began = now;
    const within = (value, most) => Math.max(0, Math.min(most, Math.round(value)));
    return [within((event.clientX - place.left) / place.width * 1000, 1000), within((event.clientY - place.top) / place.height * 360, 360), Math.max(0, now - began)];
  };
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId); drawing = true; strokes.push([point(event)]); event.preventDefault();
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!drawing) return;
    const stroke = strokes[strokes.length - 1], last = stroke[stroke.length - 1], next = point(event);
    stroke.push(next);
    pen.lineWidth = 8; pen.lineCap = "round"; pen.beginPath(); pen.moveTo(last[0], last[1]); pen.lineTo(next[0], next[1]); pen.stroke();
  });
  ["pointerup", "pointercancel"].forEach((name) => canvas.addEventListener(name, () => { drawing = false; }));
  pad.querySelector("[data-clear]").addEventListener("click", clear);
  pad.querySelector("[data-close]").addEventListener("click", () => pad.close());
  const done = pad.querySelector("[data-done]");
  /* Where each page is signed they come one by one, each with its own signature; else the whole text stands there. */
  const each = () => whole.each_page && whole.sources.length > 1;
  const turn = () => {
    const last = signed.length === whole.sources.length - 1;
    text.replaceChildren(leaf(whole, signed.length)); text.scrollTop = 0;
    done.textContent = last ? "签好了" : "签好这一页，看下一页";
    said.textContent = "逐页签名：第 " + (signed.length + 1) + " 页，共 " + whole.sources.length + " 页";
  };
  done.addEventListener("click", () => {
    if (!whole) { said.textContent = "全文还没有显示，不能签名"; return; }
    if (strokes.reduce((sum, stroke) => sum + stroke.length, 0) < 8) { said.textContent = "还没有签名，或者签得太短"; return; }
    const field = (name) => row.querySelector("[name$='-" + name + "']");
    if (each()) {
      signed.push(strokes);
      if (signed.length < whole.sources.length) { clear(); turn(); return; }
    }
    field("drawn").value = JSON.stringify(strokes);
    if (field("pages")) field("pages").value = whole.each_page ? JSON.stringify(each() ? signed : [strokes]) : "";
    field("shown").value = digest;
    if (at && field("at")) field("at").value = at; /* he signs what he is shown now, by the clock of the site */
    const button = row.querySelector("[data-sign]"); button.textContent = "已手写签名，重签"; button.classList.remove("btn-outline-danger");
    form.dispatchEvent(new Event("input", { bubbles: true }));
    pad.close();
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-sign]");
    if (!button) return;
    row = button.closest("tr"); clear();
    const name = row.querySelector("[name$='-name']").value.trim();
    if (!name) { row.querySelector("[name$='-name']").focus(); button.textContent = "先填姓名，再手写签名"; return; }
    unhalt(); pad.querySelector("h2").textContent = name + "：请先看全文，再在下面的框里签名";
    text.textContent = "正在取来全文……"; digest = ""; whole = null; signed = []; done.textContent = "签好了";
    pad.showModal();
    ask({ _to_sign: "1" }).then((shown) => {
      whole = shown; digest = shown.digest; at = shown.at;
      if (each()) turn(); else { text.replaceChildren(); lay(text, shown); }
    }).catch(({ said: json }) => {
      if (json && json.wrong) halt(name, json);
      else text.textContent = (json && json.message) || "网络不通，现在不能在屏幕上签名；可以在打印的文书上签。";
    });
  });

  /* What is typed after somebody signed is not what he signed: said at once, while he is still there. */
  form.addEventListener("input", (event) => {
    const field = event.target.closest(".field");
    if (!field || field.querySelector("[data-sign], input[type=file]")) return;
    form.querySelectorAll("[data-sign]").forEach((button) => {
      const drawn = button.closest("tr").querySelector("[name$='-drawn']");
      if (drawn && drawn.value) { button.textContent = "内容已改，请重签"; button.classList.add("btn-outline-danger"); }
    });
  });

  /* The same on another device: a code leads it to this text; what is drawn there comes back into the row. */
  const away = document.createElement("dialog");
  away.className = "sign-pad"; away.setAttribute("aria-labelledby", "sign-away-title");
  away.innerHTML = '<h2 id="sign-away-title"></h2><div class="sign-away"><img alt="签名码的二维码" data-qr><div><p>用另一台设备扫码，或者打开 <span data-address></span> 输入</p><p class="slip-code" data-code></p><p class="soft"><span data-until></span> 以前有效，只能用一次；只显示这一份文书，只收这一个人的签名。</p><p role="status" data-state></p></div></div>' +
    '<div class="sign-buttons"><button type="button" class="btn btn-outline-secondary" data-cancel>取消</button></div>';
  document.body.append(away);
  const part = (name) => away.querySelector("[data-" + name + "]");
  let slip = null, watch = 0;
  const stop = () => { clearTimeout(watch); if (slip) fetch(slip.close, { method: "POST", headers: { "X-CSRFToken": token() }, credentials: "same-origin" }).catch(() => {}); slip = null; };
  part("cancel").addEventListener("click", () => away.close());
  away.addEventListener("close", stop);
  const back = (into, prefix, json) => {
    const field = (name) => into.querySelector("[name='" + prefix + "-" + name + "']");
    if (json.state === "signed") {
      ["drawn", "pages", "shown", "at"].forEach((name) => { if (field(name)) field(name).value = json[name]; });
      into.querySelector("[data-sign-elsewhere]").textContent = "已在另一台设备签名，重签";
    } else {
      field("refused").checked = true; field("note").value = json.note;
    }
    form.dispatchEvent(new Event("input", { bubbles: true }));
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-sign-elsewhere]");
    if (!button) return;
    const prefix = button.dataset.signElsewhere, into = button.closest("tr");
    const name = into.querySelector("[name='" + prefix + "-name']").value.trim();
    const body = new URLSearchParams();
    new FormData(form).forEach((value, key) => { if (typeof value === "string") body.append(key, value); });
    body.set("_row", prefix);
    fetch(form.dataset.signingUrl, { method: "POST", body, headers: { "X-CSRFToken": token() }, credentials: "same-origin" })
      .then((answer) => answer.json().then((json) => ({ ok: answer.ok, json })))
      .then(({ ok, json }) => {
        if (!ok && json.wrong) { halt(name, json); pad.showModal(); return; }
        if (!ok) { button.textContent = json.message; return; }
        slip = json;
        away.querySelector("h2").textContent = "请" + name + "在另一台设备上签名";
        part("qr").src = json.picture; part("address").textContent = json.address; part("code").textContent = json.code;
        part("until").textContent = json.until; part("state").textContent = "等待打开……";
        away.showModal();
        const look = () => fetch(json.state, { credentials: "same-origin" }).then((answer) => answer.json()).then((now) => {
          if (slip !== json) return;
          if (now.state === "signed" || now.state === "refused") { slip = null; back(into, prefix, now); away.close(); return; }
          if (now.state === "over") { part("state").textContent = "已经过期，请取消后重新发起"; return; }
          part("state").textContent = now.opened ? name + "正在阅看……" : "等待打开……";
          watch = setTimeout(look, 1500);
        }).catch(() => { watch = setTimeout(look, 4000); });
        look();
      }).catch(() => { button.textContent = "网络不通，请再试一次"; });
  });
})();

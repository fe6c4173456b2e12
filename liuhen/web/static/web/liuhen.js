/* 留痕 on the page: nothing inline, nothing from outside; every page works without it. */
"use strict";
(function () {
  const $ = (selector, root) => Array.from((root || document).querySelectorAll(selector));
  const cookie = (name) => {
    const found = document.cookie.split("; ").find((pair) => pair.startsWith(name + "="));
    return found ? decodeURIComponent(found.slice(name.length + 1)) : "";
  };
  const csrf = () => {
    const field = document.querySelector("input[name=csrfmiddlewaretoken]");
    return field ? field.value : cookie("csrftoken");
  };
  const clock = () => new Date().toLocaleTimeString("zh-CN", {
    timeZone: "Asia/Shanghai", hour12: false, hour: "2-digit", minute: "2-digit",
  });

  /* Enter while composing Chinese submits nothing (keyCode 229: older Chromium). */
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.isComposing || event.keyCode === 229)) event.stopPropagation();
    const field = event.target;
    if (event.key !== "Enter" || !(field instanceof HTMLInputElement) || !field.form) return;
    if (event.isComposing || event.keyCode === 229) event.preventDefault();
    else if (field.form.matches("[data-act-form]") && field.type !== "submit") event.preventDefault();
  }, true);

  /* The menu on a phone. */
  $("[data-toggle-nav]").forEach((button) => button.addEventListener("click", () => {
    const nav = document.getElementById(button.getAttribute("aria-controls"));
    const open = nav.classList.toggle("open");
    button.setAttribute("aria-expanded", String(open));
  }));

  /* The working opens on hover too; a click or tap keeps it open. */
  const hover = (root) => $("details.working[data-hover]", root).forEach((details) => {
    let timer = 0, pinned = false;
    details.querySelector("summary").addEventListener("click", () => { pinned = !details.open; });
    details.addEventListener("mouseenter", () => { timer = setTimeout(() => { details.open = true; }, 450); });
    details.addEventListener("mouseleave", () => { clearTimeout(timer); if (!pinned) details.open = false; });
  });
  hover(document);
  document.addEventListener("htmx:afterSwap", (event) => hover(event.target));

  $("[data-print]").forEach((button) => button.addEventListener("click", () => window.print()));
  $("select[data-submit], input[data-submit]").forEach((field) =>
    field.addEventListener("change", () => field.form.requestSubmit ? field.form.requestSubmit() : field.form.submit()));

  /* Rows of a table of rows: signatures, lists of things. */
  const addRow = (body) => {
    const number = Number(body.dataset.next);
    body.dataset.next = String(number + 1);
    const holder = document.createElement("tbody");
    holder.innerHTML = document.getElementById(body.id + "-row").innerHTML.replaceAll("__n__", String(number));
    return body.appendChild(holder.firstElementChild);
  };
  document.addEventListener("click", (event) => {
    const add = event.target.closest("[data-add-row]");
    if (add) {
      const first = addRow(document.getElementById(add.dataset.addRow)).querySelector("input, select, textarea");
      if (first) first.focus();
      changed(add);
    }
    const remove = event.target.closest("[data-remove-row]");
    if (remove) {
      const row = remove.closest("tr, li");
      const form = remove.closest("form");
      row.remove();
      if (form) form.dispatchEvent(new Event("input", { bubbles: true }));
    }
  });
  /* What took long to send is kept at once: the draft names it before it can be taken out again. */
  const SENT = "sent";
  const changed = (element) => { const form = element.closest("form"); if (form) form.dispatchEvent(new Event("input", { bubbles: true })); };

  /* What need not be answered can be left unanswered again. */
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-unchoose]");
    if (!button) return;
    const answers = $("input[type=radio]", button.closest(".choices"));
    answers.forEach((one) => { one.checked = false; });
    answers[0].focus();
    changed(button);
  });

  /* A long list of people narrows as one types; who is ticked stays in sight. Enter ticks the only one left. */
  $("[data-people-filter]").forEach((input) => {
    const rows = () => $("label", input.nextElementSibling);
    const narrow = () => rows().forEach((row) => {
      row.hidden = !row.querySelector("input").checked && !row.textContent.includes(input.value.trim());
    });
    input.addEventListener("input", (event) => { event.stopPropagation(); if (!event.isComposing) narrow(); });
    input.addEventListener("compositionend", narrow);
    input.addEventListener("keydown", (event) => {
      const left = rows().filter((row) => !row.hidden && !row.querySelector("input").checked);
      if (event.key !== "Enter" || event.isComposing || left.length !== 1) return;
      event.preventDefault();
      left[0].querySelector("input").click(); input.value = ""; narrow();
    });
  });

  /* Whoever was there signs: the row that waits for somebody goes when he is unticked, and comes for whom is ticked
     instead. What was signed, refused or noted stays. */
  $("form[data-act-form] .people").forEach((people) => {
    const form = people.closest("form");
    const cell = (row, end) => row.querySelector('[name$="-' + end + '"]');
    const nameOf = (box) => box.parentElement.querySelector("span").firstChild.textContent.trim();
    const rows = () => $("tbody tr", form).filter((row) => cell(row, "drawn") && cell(row, "who"));
    const named = (name) => rows().filter((row) => cell(row, "name").value.trim() === name);
    const like = $("input:checked", people).flatMap((box) => named(nameOf(box)))[0];
    if (!like) return;
    const body = like.parentElement, role = cell(like, "who").value;
    const waits = (row) => cell(row, "who").value === role && !cell(row, "drawn").value && !cell(row, "refused").checked && !cell(row, "note").value;
    people.addEventListener("change", (event) => {
      const name = nameOf(event.target), own = named(name);
      if (!event.target.checked) own.filter(waits).forEach((row) => row.remove());
      else if (!own.length) {
        const row = addRow(body);
        cell(row, "who").value = role;
        cell(row, "name").value = name;
      }
    });
  });

  /* A finding becomes a line of the remarks, numbered; nothing typed is lost. */
  $("[data-adopt]").forEach((button) => button.addEventListener("click", () => {
    const into = document.getElementById(button.dataset.adoptInto);
    if (!into) return;
    const lines = into.value.split("\n").filter((line) => line.trim());
    into.value = [...lines, `${lines.length + 1}. ${button.dataset.adopt}`].join("\n");
    into.dispatchEvent(new Event("input", { bubbles: true }));
    button.disabled = true;
    button.textContent = "已采用";
  }));

  /* Forms of acts: kept while typing, never left unasked, sent once. */
  $("form[data-act-form]").forEach((form) => {
    const note = form.querySelector("[data-saved]");
    let dirty = false, timer = 0, sending = false, last = "";
    const say = (text) => { if (note) note.textContent = text; };
    const typed = () => {
      const data = new FormData(form);
      Array.from(data.keys()).forEach((name) => { if (data.get(name) instanceof File) data.delete(name); });
      return new URLSearchParams(data);
    };
    /* An answer that is no JSON: why it was not kept, in words; what was typed stays. */
    const refused = (answer) => {
      if (answer.redirected) return "登录已失效，草稿没有保存；请在新窗口重新登录后继续填写，您的文字仍在本页";
      if (answer.status === 413 || answer.status === 400) {
        const fields = $("textarea, input[type=text]", form).sort((one, other) => other.value.length - one.value.length);
        const label = fields.length && form.querySelector('label[for="' + fields[0].id + '"]');
        return "填写的内容太长，草稿没有保存" + (label ? "：" + label.firstChild.textContent.trim() + "现有 " + fields[0].value.length + " 字" : "") + "；请缩短或者作为附件上传，您的文字仍在本页";
      }
      return "";
    };
    /* One save after the other: the next one names the version that this one made. What is being left is kept at once. */
    const LEAVING_MAX = 60000;
    let flying = "", again = false;
    const retry = () => { clearTimeout(timer); timer = setTimeout(() => keep(), 5000); };
    window.addEventListener("online", () => { if (dirty) keep(); });
    const keep = (leaving) => {
      const body = typed(), now = body.toString();
      if (!form.dataset.draftUrl || now === last || now === flying) return;
      if (flying && !leaving) { again = true; return; }
      flying = now;
      fetch(form.dataset.draftUrl, { method: "POST", body, keepalive: !!leaving && now.length < LEAVING_MAX, headers: { "X-CSRFToken": csrf(), "X-Requested-With": "fetch" }, credentials: "same-origin" })
        .then((answer) => answer.json().catch(() => { const message = refused(answer); return message ? { message } : { message: "系统没有接受这一次保存，稍后会再试；您的文字仍在本页", later: true }; }).then((json) => ({ ok: answer.ok && !!json.at, json })))
        .then(({ ok, json }) => {
          if (ok) {
            last = now; dirty = false; say(json.version ? "已保存 " + json.at + (json.long ? "；" + json.long : "") : "");
            const version = form.querySelector("input[name=_draft_version]");
            if (version) version.value = json.version;
          } else {
            say(json.message || "草稿没有保存，稍后再试");
            if (json.later) retry();
            if (note && json.url) {
              const link = document.createElement("a");
              link.href = json.url; link.target = "_blank"; link.rel = "noopener"; link.textContent = "对照两份草稿";
              note.append(" ", link);
            }
          }
        })
        .catch(() => { say("网络不通，草稿还没有保存（" + clock() + "），您的文字仍在本页"); retry(); })
        .finally(() => { flying = ""; if (again) { again = false; keep(); } });
    };
    form.addEventListener("input", (event) => {
      dirty = true; say("正在输入……");
      clearTimeout(timer); timer = setTimeout(() => keep(), event.detail === SENT ? 0 : 900);
    });
    /* What follows from a choice is filled in by the page itself, while nothing else was typed. Until it is
       there nothing can be typed or pressed: it would go with the page that is being left. */
    const RELEASED_MS = 8000;
    form.addEventListener("change", (event) => {
      const field = event.target;
      if (field.name !== form.dataset.refill || !field.value || form.dataset.typed) { form.dataset.typed = "1"; return; }
      clearTimeout(timer); dirty = false;
      say("正在按所选的内容填写……"); form.inert = true;
      setTimeout(() => { form.inert = false; }, RELEASED_MS);
      location.assign(location.pathname + "?" + new URLSearchParams([[field.name, field.value]]));
    });
    form.addEventListener("submit", (event) => {
      if (sending) { event.preventDefault(); return; }
      if ($("[data-uploading]", form).length) {
        event.preventDefault(); say("文件还在上传，传完后再提交"); return;
      }
      sending = true; dirty = false; clearTimeout(timer);
      const button = event.submitter || form.querySelector("[type=submit]");
      if (button) { button.setAttribute("aria-disabled", "true"); button.textContent = "正在提交……"; }
    });
    window.addEventListener("pageshow", (event) => { if (event.persisted) { sending = false; form.inert = false; } });
    const leave = () => { if (dirty && !sending) { clearTimeout(timer); keep(true); } };
    window.addEventListener("pagehide", leave);
    document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") leave(); });
    window.addEventListener("beforeunload", (event) => { if (dirty && !sending) { event.preventDefault(); event.returnValue = ""; } });
  });

  /* Files go to staging first, one request each, and are attached by the number of the upload. */
  const size = (bytes) => bytes < 1024 ? bytes + " 字节" : bytes < 1048576 ? Math.round(bytes / 1024) + " KB" : (bytes / 1048576).toFixed(1) + " MB";
  $("[data-upload]").forEach((box) => {
    const input = box.querySelector("input[type=file]");
    const list = box.querySelector("[data-upload-list]");
    input.addEventListener("change", () => {
      Array.from(input.files).forEach((file) => send(file));
      input.value = "";
    });
    function send(file) {
      const item = document.createElement("li");
      const name = document.createElement("span");
      const bar = document.createElement("progress");
      const state = document.createElement("span");
      name.textContent = file.name + "（" + size(file.size) + "）";
      bar.max = 100; bar.value = 0; bar.setAttribute("aria-label", "上传进度");
      state.className = "faint"; state.setAttribute("role", "status"); state.textContent = "正在上传";
      item.dataset.uploading = "1";
      item.append(name, bar, state);
      list.appendChild(item);
      const request = new XMLHttpRequest();
      request.open("POST", box.dataset.upload);
      request.setRequestHeader("X-CSRFToken", csrf());
      request.setRequestHeader("X-File-Name", encodeURIComponent(file.name));
      request.setRequestHeader("Content-Type", "application/octet-stream");
      request.setRequestHeader("X-Media-Type", file.type || "application/octet-stream");
      request.upload.addEventListener("progress", (event) => { if (event.lengthComputable) bar.value = 100 * event.loaded / event.total; });
      request.addEventListener("load", () => {
        delete item.dataset.uploading; bar.remove();
        let answer = {};
        try { answer = JSON.parse(request.responseText); } catch (error) { answer = {}; }
        if (request.status !== 200) { state.className = "wrong"; state.textContent = answer.message || "没有传上去，请再试一次"; return; }
        state.textContent = answer.note || "已存入暂存区，提交后固化";
        if (answer.note) state.className = "wrong";
        const field = document.createElement("input");
        field.type = "hidden"; field.name = box.dataset.field; field.value = answer.id + "|" + file.name + "|" + file.size;
        const remove = document.createElement("button");
        remove.type = "button"; remove.className = "btn btn-sm btn-outline-secondary"; remove.dataset.removeRow = "1";
        remove.textContent = "移除"; remove.setAttribute("aria-label", "移除 " + file.name);
        item.append(field, remove);
        list.dispatchEvent(new CustomEvent("input", { bubbles: true, detail: SENT }));
        if (box.dataset.read) readOn(item, state, field, box.dataset.read.replace("00000000000000000000000000000000", answer.id));
      });
      request.addEventListener("error", () => {
        delete item.dataset.uploading; bar.remove();
        state.className = "wrong"; state.textContent = "网络中断，这个文件没有存上，请重新选择";
      });
      request.send(file);
    }
  });

  /* What was sent and put nowhere: a draft that should have named it was not saved. */
  document.addEventListener("click", (event) => {
    const put = event.target.closest("[data-put-upload]");
    if (!put) return;
    const box = put.closest("[data-upload]"), list = box.querySelector("[data-upload-list]");
    const item = document.createElement("li"), name = document.createElement("span"), state = document.createElement("span");
    const field = document.createElement("input"), remove = document.createElement("button");
    name.textContent = put.dataset.putUpload.split("|").slice(1).join("|"); state.className = put.dataset.note ? "wrong" : "faint"; state.textContent = put.dataset.note || "已存入暂存区，提交后固化";
    field.type = "hidden"; field.name = box.dataset.field; field.value = put.dataset.putUpload;
    remove.type = "button"; remove.className = "btn btn-sm btn-outline-secondary"; remove.dataset.removeRow = "1";
    remove.textContent = "移除"; remove.setAttribute("aria-label", "移除 " + name.textContent);
    item.append(name, state, field, remove); list.appendChild(item);
    $("[data-put-upload]").filter((one) => one.dataset.putUpload === put.dataset.putUpload).forEach((one) => one.remove());
    $("[data-waiting]").filter((one) => !one.querySelector("button")).forEach((one) => one.remove());
    changed(list);
  });

  /* The pages of a scan are read bit by bit before it is handed in. */
  function readOn(item, state, field, url) {
    const wrong = (text) => { delete item.dataset.uploading; field.remove(); state.className = "wrong"; state.textContent = text; };
    item.dataset.uploading = "1";
    state.textContent = "正在读核验码";
    fetch(url, { method: "POST", headers: { "X-CSRFToken": csrf(), "X-Requested-With": "fetch" }, credentials: "same-origin" })
      .then((answer) => answer.json().then((json) => {
        if (!answer.ok) { wrong(json.message || "读不出来，请重新选择"); return; }
        if (json.read < json.count) { readOn(item, state, field, url); state.textContent = "已读 " + json.read + " / " + json.count + " 页"; return; }
        delete item.dataset.uploading;
        state.textContent = "共 " + json.count + " 页，" + json.coded + " 页读到核验码" + (json.coded < json.count ? "，其余归位时另放" : "");
      }))
      .catch(() => wrong("网络中断，没有读完，请重新选择"));
  }

  /* Jump within a recording. */
  $("[data-seek]").forEach((button) => button.addEventListener("click", () => {
    const media = document.getElementById(button.dataset.player);
    if (media) { media.currentTime = Number(button.dataset.seek); media.play(); }
  }));

  /* An error comes first to the eye and to the reader of the screen. */
  const wrong = document.querySelector("[data-focus-first]");
  if (wrong) wrong.focus();
})();

/* Choosing from a register while one types: fills in what the register knows, says where it came from. */
"use strict";
(function () {
  let number = 0;
  const make = (name, set) => Object.assign(document.createElement(name), set || {});
  const told = (element) => element.dispatchEvent(new Event("input", { bubbles: true }));
  const own = new WeakSet();

  /* A field is filled in when nothing stands there, or only what an earlier choice put there. */
  function fill(form, name, value) {
    const radio = form.querySelector('input[type=radio][name="' + name + '"][value="' + value + '"]');
    if (radio) { if (!form.querySelector('input[name="' + name + '"]:checked')) radio.checked = true; return ""; }
    const field = form.querySelector('[name="' + name + '"]');
    if (!field || (field.value.trim() && !own.has(field))) return "";
    field.value = value; own.add(field); told(field);
    const label = form.querySelector('label[for="' + field.id + '"]');
    return label ? label.firstChild.textContent.trim() : "";
  }

  document.querySelectorAll("[data-lookup]").forEach((box) => {
    const field = document.getElementById(box.dataset.field);
    if (!field || !field.form) return;
    const append = box.dataset.append === "1";
    const list = make("ul", { id: "lookup-" + (++number), className: "choices", hidden: true });
    const said = make("div", { className: "hint" });
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", box.dataset.title);
    said.setAttribute("role", "status");
    let input = field;
    if (append) {
      input = make("input", { type: "text", className: "form-control form-control-sm", autocomplete: "off", id: "lookup-input-" + number });
      const label = make("label", { className: "hint", htmlFor: input.id, textContent: "从" + box.dataset.title + "名录选取，接在后面" });
      box.append(label, input);
    }
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("aria-controls", list.id);
    box.append(list, said);
    let items = [], at = -1, timer = 0, asked = "", picked = "";

    const close = () => { list.hidden = true; at = -1; input.setAttribute("aria-expanded", "false"); input.removeAttribute("aria-activedescendant"); };
    const mark = (next) => {
      at = next;
      Array.from(list.children).forEach((row, place) => row.setAttribute("aria-selected", String(place === at)));
      if (at >= 0) { input.setAttribute("aria-activedescendant", list.children[at].id); list.children[at].scrollIntoView({ block: "nearest" }); }
    };
    const pick = (item) => {
      picked = append ? "" : item.name;
      if (append) {
        field.value = (field.value.trim() ? field.value.replace(/\s+$/, "") + "\n" : "") + item.text; input.value = "";
      } else field.value = item.name;
      told(field);
      const also = Object.entries(JSON.parse(box.dataset.fill || "{}"))
        .map(([name, source]) => item.values[source] ? fill(field.form, name, item.values[source]) : "").filter(Boolean);
      said.textContent = "取自 " + item.from + "：" + (append ? item.text : item.label || item.name) + (also.length ? "；同时填入" + also.join("、") : "");
      said.className = "from";
      close();
    };
    const show = (found) => {
      items = found; list.textContent = "";
      found.forEach((item, place) => {
        const row = make("li", { id: list.id + "-" + place });
        row.setAttribute("role", "option");
        row.append(make("strong", { textContent: append ? item.text : item.name }), " ", make("span", { className: "faint", textContent: item.label }));
        row.addEventListener("mousedown", (event) => { event.preventDefault(); pick(item); });
        list.appendChild(row);
      });
      list.hidden = !found.length; input.setAttribute("aria-expanded", String(!list.hidden)); at = -1;
      if (!found.length && box.dataset.apart === "1" && input.value.trim()) {
        said.className = "hint"; said.textContent = "不在" + box.dataset.title + "名录中：按填写的内容登记";
      } else if (!picked) said.textContent = "";
    };
    const ask = () => {
      const words = input.value.trim();
      if (words === picked && words) return;
      picked = "";
      if (!words) { show([]); said.textContent = ""; return; }
      asked = words;
      fetch(box.dataset.lookup + "?q=" + encodeURIComponent(words), { credentials: "same-origin", headers: { "X-Requested-With": "fetch" } })
        .then((answer) => answer.json()).then((json) => { if (asked === words && document.activeElement === input) show(json.items); })
        .catch(() => { said.className = "hint"; said.textContent = "名录没有查到（网络不通），可以直接填写"; });
    };
    input.addEventListener("input", (event) => { if (event.isComposing) return; clearTimeout(timer); timer = setTimeout(ask, 150); });
    input.addEventListener("compositionend", () => { clearTimeout(timer); timer = setTimeout(ask, 150); });
    input.addEventListener("blur", () => setTimeout(close, 120));
    input.addEventListener("keydown", (event) => {
      if (event.isComposing || list.hidden) return;
      if (event.key === "ArrowDown") { event.preventDefault(); mark((at + 1) % items.length); }
      else if (event.key === "ArrowUp") { event.preventDefault(); mark((at - 1 + items.length) % items.length); }
      else if (event.key === "Enter" && at >= 0) { event.preventDefault(); pick(items[at]); }
      else if (event.key === "Escape") { event.preventDefault(); close(); }
    });
  });

  /* A whole pool from a register: how many there are is said before they are taken in; no line stands there twice. */
  document.querySelectorAll("[data-pool]").forEach((box) => {
    const body = document.getElementById(box.dataset.rows), row = document.getElementById(box.dataset.rows + "-row");
    const form = box.closest("form");
    if (!body || !row || !form) return;
    const at = (name) => box.querySelector("[data-pool-" + name + "]");
    const says = at("says"), take = at("take");
    const cells = (line) => Array.from(line.querySelectorAll("input"));
    const key = (line) => cells(line).map((cell) => cell.value.trim()).join("\n");
    let found = [], timer = 0, asked = "";
    const ask = () => {
      const day = form.querySelector('[name="planned_on"]');
      asked = new URLSearchParams({ kind: at("kind").value, place: at("place").value.trim(), fresh: at("fresh").checked ? "1" : "", planned_on: day ? day.value : "" }).toString();
      const now = asked;
      fetch(box.dataset.pool + "?" + now, { credentials: "same-origin", headers: { "X-Requested-With": "fetch" } })
        .then((answer) => answer.json()).then((json) => {
          if (asked !== now) return;
          found = json.rows; take.disabled = !found.length;
          says.textContent = "名录中有 " + found.length + " 家" + (json.inspected ? "，另有 " + json.inspected + " 家本年度检查过，没有列入" : "");
        }).catch(() => { says.textContent = "名录没有查到（网络不通），可以直接填写"; });
    };
    const later = (event) => { if (!event.isComposing) { clearTimeout(timer); timer = setTimeout(ask, 200); } };
    ["kind", "place", "fresh"].forEach((name) => at(name).addEventListener("input", (event) => { event.stopPropagation(); later(event); }));
    form.addEventListener("change", (event) => { if (event.target.name === "planned_on") later(event); });
    take.addEventListener("click", () => {
      const lines = Array.from(body.children);
      const held = new Set(lines.map(key).filter((text) => text.trim()));
      lines.filter((line) => !key(line).trim()).forEach((line) => line.remove());
      const more = found.filter((one) => !held.has(one.name + "\n" + one.code));
      more.forEach((one) => {
        const next = Number(body.dataset.next);
        body.dataset.next = String(next + 1);
        const holder = document.createElement("tbody");
        holder.innerHTML = row.innerHTML.replaceAll("__n__", String(next));
        const line = holder.firstElementChild;
        cells(line).forEach((cell) => { cell.value = one[cell.name.split("-").pop()] || ""; });
        body.appendChild(line);
      });
      says.textContent = "列入了 " + more.length + " 家" + (found.length - more.length ? "，" + (found.length - more.length) + " 家已经在表里" : "") + "；现有 " + body.children.length + " 家";
      told(body);
    });
    box.hidden = false; ask();
  });

  /* 本年度对检查对象的检查: asked again whenever the target or the day changes; the frequency is filled in with it. */
  document.querySelectorAll("[data-visits]").forEach((box) => {
    const form = document.querySelector("form[data-act-form]");
    if (!form) return;
    const names = ["party_name", "party_code", "planned_on"];
    let timer = 0, asked = "";
    const ask = () => {
      const query = new URLSearchParams(names.map((name) => [name, (form.querySelector('[name="' + name + '"]') || { value: "" }).value.trim()]));
      if (query.toString() === asked) return;
      asked = query.toString();
      const now = asked;
      fetch(box.dataset.visits + "?" + now, { credentials: "same-origin", headers: { "X-Requested-With": "fetch" } })
        .then((answer) => answer.ok ? answer.text() : "").then((html) => {
          if (asked !== now || !html) return;
          box.innerHTML = html;
          const said = box.querySelector("[data-frequency]");
          if (said) fill(form, "frequency", said.dataset.frequency);
        }).catch(() => { box.textContent = "没有查到（网络不通），提交以后由系统核对并记录"; });
    };
    form.addEventListener("input", (event) => {
      if (event.isComposing || !names.includes(event.target.name)) return;
      clearTimeout(timer); timer = setTimeout(ask, 300);
    });
    ask();
  });
})();

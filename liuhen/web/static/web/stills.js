/* 截取画面: a still of a recording becomes a file of the form, with its caption and where it was cut from. */
"use strict";
(function () {
  const two = (number) => String(number).padStart(2, "0");
  const code = (seconds) => {
    const thousandths = Math.round(seconds * 1000), whole = Math.floor(thousandths / 1000);
    return two(Math.floor(whole / 3600)) + ":" + two(Math.floor(whole / 60) % 60) + ":" + two(whole % 60) + "." + String(thousandths % 1000).padStart(3, "0");
  };
  /* Beijing time of a moment of the recording. */
  const clock = (ms) => { const at = new Date(ms + 8 * 3600000).toISOString(); return at.slice(0, 10) + " " + at.slice(11, 19); };
  const blank = (row) => Array.from(row.querySelectorAll("input")).every((input) => !input.value);
  const rowOf = (form, field) => {
    const body = form.querySelector("#rows-" + field);
    const free = Array.from(body.rows).find(blank);
    if (free) return free;
    form.querySelector('[data-add-row="rows-' + field + '"]').click();
    return body.rows[body.rows.length - 1];
  };
  const put = (form, field, values) => {
    const row = rowOf(form, field);
    Object.keys(values).forEach((column) => { row.querySelector('[name$="-' + column + '"]').value = values[column]; });
  };

  document.querySelectorAll("[data-stills] [data-clip]").forEach((clip) => {
    const video = clip.querySelector("video"), says = clip.querySelector("[data-cut-says]");
    const form = clip.closest("form"), box = clip.closest(".field").querySelector("[data-upload]");
    clip.querySelectorAll("[data-step]").forEach((button) => button.addEventListener("click", () => {
      video.pause(); video.currentTime = Math.max(0, video.currentTime + Number(button.dataset.step));
    }));
    clip.querySelector("[data-cut]").addEventListener("click", () => {
      video.pause();
      if (!video.videoWidth) { says.textContent = "录像还没有打开，请先播放到要截取的画面"; video.load(); return; }
      const at = code(video.currentTime), started = Number(clip.dataset.started);
      const name = "截图_" + clip.dataset.name.replace(/\.[^.]*$/, "") + "_" + at.replace(/:/g, "-") + ".png";
      if (Array.from(form.querySelectorAll('[name^="cut_from-"][name$="-still"]')).some((input) => input.value === name)) {
        says.textContent = "这一画面已经截取"; return;
      }
      const canvas = document.createElement("canvas");
      canvas.width = video.videoWidth; canvas.height = video.videoHeight;
      canvas.getContext("2d").drawImage(video, 0, 0);
      canvas.toBlob((picture) => {
        if (!picture) { says.textContent = "没有截下来，请再试一次"; return; }
        const files = new DataTransfer(), input = box.querySelector("input[type=file]");
        files.items.add(new File([picture], name, { type: "image/png" }));
        input.files = files.files;
        input.dispatchEvent(new Event("change", { bubbles: true }));
        put(form, "captions", {
          maker: clip.dataset.maker, place: clip.dataset.place,
          made_at: started ? clock(started + video.currentTime * 1000) : "录像 " + at,
        });
        put(form, "cut_from", { still: name, at, recording: clip.dataset.name, digest: clip.dataset.digest });
        const origin = form.querySelector("[name=origin]");
        if (origin && origin.tagName === "SELECT" && !origin.value) origin.value = "still";
        const radio = form.querySelector('[name=origin][value="still"]');
        if (radio && !form.querySelector("[name=origin]:checked")) radio.checked = true;
        says.textContent = "已截取 " + at;
        form.dispatchEvent(new Event("input", { bubbles: true }));
      }, "image/png");
    });
  });
})();

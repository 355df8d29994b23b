// Enhancements of the staff's pages, which all work without scripts.
"use strict";

// Put files dropped on the upload form into its file field.
for (const form of document.querySelectorAll("form[data-drop]")) {
  const field = document.getElementById(form.dataset.drop);
  const highlight = (on) => form.classList.toggle("staff-dropping", on);
  form.addEventListener("dragover", (event) => { event.preventDefault(); highlight(true); });
  form.addEventListener("dragleave", () => highlight(false));
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    highlight(false);
    if (event.dataTransfer.files.length) field.files = event.dataTransfer.files;
  });
}

// Copy the selected text into the field of text to redact.
for (const hint of document.querySelectorAll("[data-select-into]")) {
  const field = document.getElementById(hint.dataset.selectInto);
  const text = document.querySelector(".staff-text");
  hint.hidden = false;
  const copySelection = () => {
    const selection = document.getSelection();
    if (!selection.isCollapsed && text.contains(selection.anchorNode)) field.value = selection.toString();
  };
  text.addEventListener("mouseup", copySelection);
  text.addEventListener("keyup", copySelection);
}

// Copy the text selected on the review page into the form that corrects an item by it, and choose the item.
for (const form of document.querySelectorAll("form[data-mark]")) {
  const places = form.dataset.mark.split(" ").filter(Boolean).map((place) => place.split(":"));
  // Offset in the document; the ids of the text's segments are the offsets at which they begin.
  const offsetOf = (node, offset) => {
    const segment = node.parentElement?.closest(".staff-text [id^=t]");
    return segment ? Number(segment.id.slice(1)) + offset : null;
  };
  const copySelection = (event) => {
    const selection = document.getSelection();
    if (selection.isCollapsed || !event.currentTarget.contains(selection.anchorNode)) return;
    const range = selection.getRangeAt(0);
    form.elements.words.value = selection.toString();
    const start = offsetOf(range.startContainer, range.startOffset);
    form.elements.near.value = start ?? "";
    const place = start === null ? null : places.find(([low, high]) => low <= start && start < high);
    // `elements.item` is a method.
    if (place) form.elements.namedItem("item").value = place[2];
  };
  form.elements.words.addEventListener("input", () => { form.elements.near.value = ""; });
  for (const text of document.querySelectorAll(".staff-text")) {
    text.addEventListener("mouseup", copySelection);
    text.addEventListener("keyup", copySelection);
  }
}

// Send a selection of several files in requests of limited size. After a broken connection only the rest is
// sent again.
const MAX_FILES_PER_REQUEST = 20;
const MAX_BYTES_PER_REQUEST = 20 * 1024 * 1024;

function* inRequests(files) {
  let request = [];
  let bytes = 0;
  for (const file of files) {
    if (request.length && (request.length === MAX_FILES_PER_REQUEST || bytes + file.size > MAX_BYTES_PER_REQUEST)) {
      yield request;
      request = [];
      bytes = 0;
    }
    request.push(file);
    bytes += file.size;
  }
  if (request.length) yield request;
}

async function post(address, token, body) {
  const response = await fetch(address, { method: "POST", headers: { "X-CSRFToken": token }, body });
  if (!response.ok && response.status !== 400) throw new Error(response.statusText);
  return response.json();
}

for (const form of document.querySelectorAll("form[data-upload]")) {
  const sending = form.querySelector("[data-sending]");
  const [progress, count] = sending.querySelectorAll("progress, span");
  const failure = sending.querySelector("[role=alert]");
  const token = form.elements.csrfmiddlewaretoken.value;

  form.addEventListener("submit", async (event) => {
    const path = (file) => file.webkitRelativePath || file.name;
    const files = [...form.elements.documents.files, ...form.elements.folder.files];
    files.sort((a, b) => path(a).localeCompare(path(b), "da", { numeric: true }));
    if (files.length < 2 && !files.some((file) => file.name.toLowerCase().endsWith(".zip"))) return;
    event.preventDefault();
    const fields = new FormData(form);
    const text = fields.get("text");
    if (text.trim()) files.push(new File([text], "indsat tekst.txt"));
    for (const name of ["documents", "folder", "text"]) fields.delete(name);
    let upload;
    try {
      upload = await post(form.dataset.upload, token, fields);
    } catch {
      form.submit();
      return;
    }
    if (upload.errors) {
      // The server shows what is wrong with the fields.
      form.submit();
      return;
    }
    form.querySelector("[type=submit]").disabled = true;
    sending.hidden = false;
    progress.max = files.length;
    const requests = [...inRequests(files)];
    const send = async () => {
      failure.hidden = true;
      try {
        while (requests.length) {
          const body = new FormData();
          for (const file of requests[0]) {
            body.append("documents", file, file.name);
            body.append("path", path(file));
          }
          await post(upload.files, token, body);
          progress.value += requests.shift().length;
          count.textContent = `${progress.value} / ${files.length}`;
        }
      } catch {
        failure.hidden = false;
        return;
      }
      location.assign(upload.page);
    };
    failure.querySelector("button").addEventListener("click", send);
    await send();
  });
}

// Show how far the workers are with an upload.
for (const batch of document.querySelectorAll("[data-refresh]")) {
  const refresh = async () => {
    const isInUse = batch.contains(document.activeElement) || batch.querySelector("details[open]");
    if (!document.hidden && !isInUse) {
      const response = await fetch(batch.dataset.refresh).catch(() => null);
      if (response?.ok) {
        batch.innerHTML = await response.text();
        const progress = batch.querySelector("progress");
        if (progress.value === progress.max) {
          location.reload();
          return;
        }
      }
    }
    setTimeout(refresh, 2000);
  };
  setTimeout(refresh, 1000);
}

// Arrow keys move between the rows of a list while one of its links has the focus.
for (const list of document.querySelectorAll("[data-arrows]")) {
  list.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const links = [...list.querySelectorAll("tbody th a")];
    const next = links[links.indexOf(document.activeElement) + step];
    if (step && links.includes(document.activeElement) && next) {
      event.preventDefault();
      next.focus();
    }
  });
}

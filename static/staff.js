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

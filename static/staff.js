// What makes the staff's pages easier where scripts run; without it all of them work.
"use strict";

// Files dropped anywhere on the form of new minutes go into its file field.
for (const form of document.querySelectorAll("form[data-drop]")) {
  const field = document.getElementById(form.dataset.drop);
  const mark = (on) => form.classList.toggle("staff-dropping", on);
  form.addEventListener("dragover", (event) => { event.preventDefault(); mark(true); });
  form.addEventListener("dragleave", () => mark(false));
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    mark(false);
    if (event.dataTransfer.files.length) field.files = event.dataTransfer.files;
  });
}

// Words that are marked in the text go into the field of what is to be removed.
for (const hint of document.querySelectorAll("[data-select-into]")) {
  const field = document.getElementById(hint.dataset.selectInto);
  const text = document.querySelector(".staff-text");
  hint.hidden = false;
  const take = () => {
    const selection = document.getSelection();
    if (!selection.isCollapsed && text.contains(selection.anchorNode)) field.value = selection.toString();
  };
  text.addEventListener("mouseup", take);
  text.addEventListener("keyup", take);
}

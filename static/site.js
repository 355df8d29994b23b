// What is suggested while somebody types a search: a list under the field, for mouse and keyboard.
// Without this script the field is a field, and nothing else is lost.

const WAIT = 120; // milliseconds of rest before the archive is asked
const FEWEST = 2;

for (const field of document.querySelectorAll("input[data-suggestions]")) {
  const list = document.createElement("ul");
  list.className = "suggestions";
  list.id = `${field.id}-suggestions`;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", field.dataset.label);
  list.hidden = true;
  field.parentElement.append(list);
  for (const [name, value] of Object.entries({
    role: "combobox",
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-controls": list.id,
  })) {
    field.setAttribute(name, value);
  }

  let timer = 0;
  let asked = 0;
  let chosen = -1;

  const hide = () => {
    list.hidden = true;
    chosen = -1;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  };

  const part = (name, text) => {
    const span = document.createElement("span");
    span.className = name;
    span.textContent = text;
    return span;
  };

  const show = (suggestions) => {
    list.replaceChildren(
      ...suggestions.map(({ kind, text, place, href }, number) => {
        const line = document.createElement("li");
        line.id = `${list.id}-${number}`;
        line.dataset.href = href;
        line.setAttribute("role", "option");
        line.setAttribute("aria-selected", "false");
        line.append(part("kind", kind), " ", part("text", text), " ", part("place", place));
        return line;
      }),
    );
    hide();
    if (suggestions.length) {
      list.hidden = false;
      field.setAttribute("aria-expanded", "true");
    }
  };

  const choose = (number) => {
    const lines = [...list.children];
    chosen = (number + lines.length + 1) % (lines.length + 1);
    lines.forEach((line, place) => line.setAttribute("aria-selected", String(place === chosen)));
    if (chosen < lines.length) {
      field.setAttribute("aria-activedescendant", lines[chosen].id);
    } else {
      field.removeAttribute("aria-activedescendant");
    }
  };

  const ask = async () => {
    const text = field.value.trim();
    const mine = ++asked;
    if (text.length < FEWEST) {
      hide();
      return;
    }
    const response = await fetch(`${field.dataset.suggestions}?${new URLSearchParams({ q: text })}`);
    if (response.ok && mine === asked && document.activeElement === field) {
      show((await response.json()).suggestions);
    }
  };

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  field.addEventListener("blur", hide);
  field.addEventListener("keydown", (event) => {
    const lines = list.children;
    if (event.key === "Escape" && !list.hidden) {
      hide();
      event.preventDefault();
    } else if (list.hidden) {
      return;
    } else if (event.key === "ArrowDown") {
      choose(chosen + 1);
      event.preventDefault();
    } else if (event.key === "ArrowUp") {
      choose(chosen < 0 ? lines.length - 1 : chosen - 1);
      event.preventDefault();
    } else if (event.key === "Enter" && chosen >= 0 && chosen < lines.length) {
      event.preventDefault();
      location.assign(lines[chosen].dataset.href);
    }
  });
  // Before the field loses the focus, which would hide the line that is pressed.
  list.addEventListener("mousedown", (event) => {
    event.preventDefault();
    const line = event.target.closest("li");
    if (line) {
      location.assign(line.dataset.href);
    }
  });
}

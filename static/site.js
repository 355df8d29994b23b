// Search suggestions: a combobox with a listbox under the search field (WAI-ARIA Authoring Practices).
// Without this script the field is an ordinary search field.

const DEBOUNCE_MS = 120;
const MIN_LENGTH = 2;

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
  let latestRequest = 0;
  let selected = -1; // Index of the selected option; -1 or the number of options when none is.

  const hide = () => {
    list.hidden = true;
    selected = -1;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  };

  const span = (name, text) => {
    const element = document.createElement("span");
    element.className = name;
    element.textContent = text;
    return element;
  };

  const show = (suggestions) => {
    list.replaceChildren(
      ...suggestions.map(({ kind, text, place, href }, index) => {
        const option = document.createElement("li");
        option.id = `${list.id}-${index}`;
        option.dataset.href = href;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.append(span("kind", kind), " ", span("text", text), " ", span("place", place));
        return option;
      }),
    );
    hide();
    if (suggestions.length) {
      list.hidden = false;
      field.setAttribute("aria-expanded", "true");
    }
  };

  const select = (index) => {
    const options = [...list.children];
    selected = (index + options.length + 1) % (options.length + 1);
    options.forEach((option, i) => option.setAttribute("aria-selected", String(i === selected)));
    if (selected < options.length) {
      field.setAttribute("aria-activedescendant", options[selected].id);
    } else {
      field.removeAttribute("aria-activedescendant");
    }
  };

  const fetchSuggestions = async () => {
    const text = field.value.trim();
    const request = ++latestRequest;
    if (text.length < MIN_LENGTH) {
      hide();
      return;
    }
    const response = await fetch(`${field.dataset.suggestions}?${new URLSearchParams({ q: text })}`);
    if (response.ok && request === latestRequest && document.activeElement === field) {
      show((await response.json()).suggestions);
    }
  };

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(fetchSuggestions, DEBOUNCE_MS);
  });
  field.addEventListener("blur", hide);
  field.addEventListener("keydown", (event) => {
    const options = list.children;
    if (event.key === "Escape" && !list.hidden) {
      hide();
      event.preventDefault();
    } else if (list.hidden) {
      return;
    } else if (event.key === "ArrowDown") {
      select(selected + 1);
      event.preventDefault();
    } else if (event.key === "ArrowUp") {
      select(selected < 0 ? options.length - 1 : selected - 1);
      event.preventDefault();
    } else if (event.key === "Enter" && selected >= 0 && selected < options.length) {
      event.preventDefault();
      location.assign(options[selected].dataset.href);
    }
  });
  // On mousedown, since blur hides the list before a click.
  list.addEventListener("mousedown", (event) => {
    event.preventDefault();
    const option = event.target.closest("li");
    if (option) {
      location.assign(option.dataset.href);
    }
  });
}

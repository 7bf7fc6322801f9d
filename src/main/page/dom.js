// Makes elements. Whatever comes from the server becomes text, never markup.

const SVG = 'http://www.w3.org/2000/svg';

/** An element with attributes, listeners (`onclick`…) and children: nodes or text; null is left out. */
export function h(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/** The same of a drawing. */
export function svg(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

/** Gives an element these children in place of those that it has. */
export function put(element, ...children) {
  element.replaceChildren(...children.filter((child) => child !== null));
}

/** Changes an element's text only if it is another: what has not changed is not announced again. */
export function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (value !== null && value !== false)
      element.setAttribute(name, value === true ? '' : value);
  }
  put(element, ...children);
  return element;
}

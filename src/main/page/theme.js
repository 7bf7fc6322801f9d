// The terminal's colours, light or dark as the user's system is.

const dark = matchMedia('(prefers-color-scheme: dark)');

const LIGHT = {
  background: '#ffffff',
  foreground: '#1f2328',
  cursor: '#1f2328',
  selectionBackground: '#b6d7f2',
  black: '#24292f',
  red: '#b42318',
  green: '#1a7f37',
  yellow: '#8a5a00',
  blue: '#0b5cad',
  magenta: '#8250df',
  cyan: '#0b6a8a',
  white: '#6e7781',
  brightBlack: '#57606a',
  brightRed: '#a40e26',
  brightGreen: '#116329',
  brightYellow: '#7a4f00',
  brightBlue: '#218bff',
  brightMagenta: '#a475f9',
  brightCyan: '#3192aa',
  brightWhite: '#8c959f',
};

const DARK = {
  background: '#101316',
  foreground: '#dfe3e8',
  cursor: '#dfe3e8',
  selectionBackground: '#2d4f6c',
  black: '#484f58',
  red: '#ff7b72',
  green: '#4cc267',
  yellow: '#d9a441',
  blue: '#6cb2ff',
  magenta: '#c792ea',
  cyan: '#58b8dc',
  white: '#b1bac4',
  brightBlack: '#8b949e',
  brightRed: '#ffa198',
  brightGreen: '#6fdc8c',
  brightYellow: '#f0c060',
  brightBlue: '#9ccbff',
  brightMagenta: '#dab6f5',
  brightCyan: '#8ad4ee',
  brightWhite: '#ffffff',
};

/** Those of now. */
export const colours = () => (dark.matches ? DARK : LIGHT);

/** Calls back when the user's system changes; returns what ends that. */
export function onThemeChange(callback) {
  dark.addEventListener('change', callback);
  return () => dark.removeEventListener('change', callback);
}

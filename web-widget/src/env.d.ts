declare module '*.css?inline' {
  const css: string;
  export default css;
}

/** File name of the built panel, put in by the build so that the loader finds the version it belongs to. */
declare const __PANEL_FILE__: string;

/** The same for the scripts that the panel fetches later. */
declare const __ANSWERS_FILE__: string;
declare const __FILES_FILE__: string;

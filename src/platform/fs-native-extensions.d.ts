declare module 'fs-native-extensions' {
  /** Takes an exclusive kernel lock on an open file without waiting; false when another process holds it. */
  export function tryLock(descriptor: number): boolean;
}

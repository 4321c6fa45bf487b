// What the scripts of a page use of those that opened it.

const { opened, LockError, device, shape, show, unlock, words } = globalThis.portalgen;

/** First parts of the paths that the door for events answers. */
export const ingestRoots = ['v1', 'i', 'e', 'capture', 'track', 'engage', 'batch', 'array', 'flags', 'decide', 'static'];

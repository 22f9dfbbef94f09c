/**
 * The media type of checkpoints: the only artifacts that are deleted when no run needs them any
 * more.
 */
export const checkpointMediaType = 'application/vnd.oneshot.checkpoint';

import { setPriority } from 'node:os';

// To what is watched beside it, on a scale to 19.
setPriority(10);

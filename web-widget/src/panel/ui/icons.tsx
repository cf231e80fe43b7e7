import { h } from 'preact';

export const Icon = ({ path }: { path: string }) => (
  <svg viewBox="0 0 24 24" width="20" aria-hidden="true">
    <path d={path} />
  </svg>
);

export const attachIcon = 'M8 13l6-6a3 3 0 0 1 4 4l-8 8a5 5 0 0 1-7-7l8-8';
export const closeIcon = 'M6 6l12 12M18 6L6 18';
export const sendIcon = 'M12 20V5M5 12l7-7 7 7';
export const downIcon = 'M12 5v14M6 13l6 6 6-6';

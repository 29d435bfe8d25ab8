import { widePicture } from './wide.ts';

export const narrowPicture = widePicture;

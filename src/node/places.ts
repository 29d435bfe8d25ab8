/** Where the picture of a slide lies in the output folder: `<name>/<slide>.png`. */
export const slidePicture = /^[^/]+\/[^/]+\.png$/;

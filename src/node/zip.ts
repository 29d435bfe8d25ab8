import JSZip from 'jszip';

/** A file of an archive. */
export interface ZipEntry {
  readonly name: string;
  readonly data: Uint8Array;
}

/** The first day that the format knows, so that equal files make equal archives. */
const firstDay = new Date(Date.UTC(1980, 0, 1));

/** The files of an archive, in its order; folders are left out. */
export async function readZip(archive: Uint8Array): Promise<ZipEntry[]> {
  const { files } = await JSZip.loadAsync(archive);
  return Promise.all(
    Object.values(files)
      .filter(({ dir }) => !dir)
      .map(async (file) => ({ name: file.name, data: await file.async('uint8array') })),
  );
}

/** Writes an archive: the same entries give the same bytes. Pictures, which are packed already, are stored. */
export async function writeZip(entries: readonly ZipEntry[]): Promise<Uint8Array> {
  const archive = new JSZip();
  for (const { name, data } of entries) {
    const compression = name.endsWith('.png') ? 'STORE' : 'DEFLATE';
    archive.file(name, data, { date: firstDay, compression, createFolders: false });
  }
  return archive.generateAsync({ type: 'uint8array', compressionOptions: { level: 9 }, platform: 'DOS' });
}

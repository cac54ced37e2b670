package io.realtime.notify.http.site;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** Reads files of the class path, at the start only, whole, within bounds. */
final class ClassPathFiles {
  /** Files in one folder. */
  static final int MAX_FILES = 256;

  /** Bytes of one file. */
  static final int MAX_FILE_BYTES = 4 * 1024 * 1024;

  private final ClassLoader loader;

  ClassPathFiles(ClassLoader loader) {
    this.loader = loader;
  }

  Optional<byte[]> read(String name) {
    URL url = loader.getResource(name);
    if (url == null) {
      return Optional.empty();
    }
    try {
      // a cached JarFile is shared, and closed under us when some other class loader is closed
      URLConnection connection = url.openConnection();
      connection.setUseCaches(false);
      try (InputStream in = connection.getInputStream()) {
        return Optional.of(bounded(in, name));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }

  /** Every file below {@code folder} (with its trailing slash), by its name within the folder. */
  Map<String, byte[]> readAll(String folder) {
    Map<String, byte[]> files = new TreeMap<>();
    try {
      List<URL> roots = Collections.list(loader.getResources(folder));
      for (URL root : roots) {
        URLConnection connection = root.openConnection();
        if (connection instanceof JarURLConnection jar) {
          jar.setUseCaches(false);
          try (JarFile file = jar.getJarFile()) {
            readJar(file, folder, files);
          }
        } else if (root.getProtocol().equals("file")) {
          readDirectory(Path.of(new URI(root.toString())), files);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(folder, e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException("class path folder " + folder, e);
    }
    return files;
  }

  private static void readJar(JarFile jar, String folder, Map<String, byte[]> files)
      throws IOException {
    for (JarEntry entry : Collections.list(jar.entries())) {
      if (!entry.isDirectory() && entry.getName().startsWith(folder)) {
        try (InputStream in = jar.getInputStream(entry)) {
          put(files, entry.getName().substring(folder.length()), bounded(in, entry.getName()));
        }
      }
    }
  }

  private static void readDirectory(Path root, Map<String, byte[]> files) throws IOException {
    List<Path> found;
    try (Stream<Path> walk = Files.walk(root, 8)) {
      found = walk.filter(Files::isRegularFile).limit(MAX_FILES + 1L).toList();
    }
    for (Path file : found) {
      try (InputStream in = Files.newInputStream(file)) {
        String name = root.relativize(file).toString().replace('\\', '/');
        put(files, name, bounded(in, name));
      }
    }
  }

  private static void put(Map<String, byte[]> files, String name, byte[] bytes) {
    if (files.size() >= MAX_FILES && !files.containsKey(name)) {
      throw new IllegalStateException("more than " + MAX_FILES + " files to serve");
    }
    files.putIfAbsent(name, bytes);
  }

  private static byte[] bounded(InputStream in, String name) throws IOException {
    byte[] bytes = in.readNBytes(MAX_FILE_BYTES + 1);
    if (bytes.length > MAX_FILE_BYTES) {
      throw new IllegalStateException(name + ": longer than " + MAX_FILE_BYTES + " bytes");
    }
    return bytes;
  }
}

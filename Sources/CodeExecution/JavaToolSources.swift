/// The sources of `JavaTools`.
enum JavaToolSources {
  /// Waits for a frame and then starts its class; hidden from stack traces by the JDK's own mark for such methods.
  static let launcher = """
    package rce;

    import java.io.DataInputStream;
    import java.io.File;
    import java.io.FileDescriptor;
    import java.io.FileInputStream;
    import java.io.FileOutputStream;
    import java.io.IOException;
    import java.lang.invoke.MethodHandle;
    import java.lang.invoke.MethodHandles;
    import java.lang.reflect.Method;
    import java.nio.charset.StandardCharsets;
    import jdk.internal.vm.annotation.Hidden;

    /** Boots, waits for a frame on standard input, and then is what the launcher of "java" would have been. */
    public final class Launcher {
      @Hidden
      public static void main(String[] ignored) throws Throwable {
        Rehearsal.play();
        FileOutputStream out = new FileOutputStream(FileDescriptor.out);
        out.write("ready\\n".getBytes(StandardCharsets.US_ASCII));
        // Unbuffered: what is behind the frame is the program's.
        DataInputStream in = new DataInputStream(new FileInputStream(FileDescriptor.in));
        in.readInt();
        String name = text(in);
        String[] arguments = new String[Integer.parseInt(text(in))];
        for (int i = 0; i < arguments.length; i++) arguments[i] = text(in);
        for (int files = Integer.parseInt(text(in)); files > 0; files--) {
          File file = new File(text(in));
          file.getParentFile().mkdirs();
          try (FileOutputStream content = new FileOutputStream(file)) {
            content.write(bytes(in));
          }
        }
        System.setProperty("sun.java.command", arguments.length == 0 ? name : name + " " + String.join(" ", arguments));
        start(name).invokeExact(arguments);
      }

      private static MethodHandle start(String name) throws Throwable {
        Class<?> type = sun.launcher.LauncherHelper.checkAndLoadMain(true, 1, name);
        Method main = type.getMethod("main", String[].class);
        main.setAccessible(true);
        try {
          Class.forName(type.getName(), true, type.getClassLoader());
        } catch (Throwable error) {
          for (Throwable cause = error; cause != null; cause = cause.getCause()) trim(cause);
          throw error;
        }
        return MethodHandles.lookup().unreflect(main);
      }

      /** Takes off the frames of initialising the class from here; usually the virtual machine itself does it. */
      private static void trim(Throwable error) {
        StackTraceElement[] trace = error.getStackTrace();
        for (int i = trace.length - 1; i >= 0; i--) {
          if (trace[i].getClassName().equals("java.lang.Class") && trace[i].getMethodName().equals("forName0")) {
            error.setStackTrace(java.util.Arrays.copyOf(trace, i));
            return;
          }
        }
      }

      private static byte[] bytes(DataInputStream in) throws IOException {
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return bytes;
      }

      private static String text(DataInputStream in) throws IOException {
        return new String(bytes(in), StandardCharsets.UTF_8);
      }
    }

    """

  /// What the launcher does before it waits.
  static let rehearsal = """
    package rce;

    import java.io.ByteArrayInputStream;
    import java.io.ByteArrayOutputStream;
    import java.io.InputStream;
    import java.io.PrintStream;
    import java.util.ArrayList;
    import java.util.Arrays;
    import java.util.HashMap;
    import java.util.List;
    import java.util.Map;
    import java.util.Scanner;
    import java.util.stream.Collectors;

    /** Uses once what most programs use, so that it is loaded before they come. */
    public final class Rehearsal {
      static volatile Object kept;

      public static void main(String[] arguments) {}

      static void play() throws Throwable {
        java.lang.reflect.Method main = Rehearsal.class.getMethod("main", String[].class);
        main.setAccessible(true);
        java.lang.invoke.MethodHandles.lookup().unreflect(main).invokeExact(new String[0]);
        kept = System.out;
        PrintStream out = new PrintStream(new ByteArrayOutputStream(), true);
        Map<String, Integer> counts = new HashMap<>();
        List<Integer> list = new ArrayList<>(Arrays.asList(3, 1, 2));
        for (int number : list) counts.merge("k" + number, number, Integer::sum);
        list.sort((a, b) -> b - a);
        out.println("n " + list + " of " + counts.size() + ", " + list.stream().map(x -> x * 2).collect(Collectors.toList()));
        out.println(1 + "," + 2.5 + 'c' + 7L);
        try {
          InputStream in = new ByteArrayInputStream("4 x\\n".getBytes());
          Scanner scanner = new Scanner(in);
          scanner.nextInt();
          scanner.next();
          throw new IllegalStateException("rehearsal");
        } catch (RuntimeException error) {
          error.printStackTrace(out);
        }
      }
    }

    """

  /// The javac that stays.
  static let compiler = """
    package rce;

    import java.io.ByteArrayOutputStream;
    import java.io.DataInputStream;
    import java.io.DataOutputStream;
    import java.io.File;
    import java.io.FileDescriptor;
    import java.io.FileInputStream;
    import java.io.FileOutputStream;
    import java.io.IOException;
    import java.io.StringWriter;
    import java.nio.charset.StandardCharsets;
    import java.nio.file.Files;
    import java.nio.file.Path;
    import java.util.ArrayList;
    import java.util.Comparator;
    import java.util.List;
    import java.util.stream.Stream;
    import javax.tools.JavaCompiler;
    import javax.tools.StandardJavaFileManager;
    import javax.tools.ToolProvider;

    /** javac that stays: sources come in frames on standard input, what it printed and the classes go out in frames. */
    public final class Compiler {
      private static final Path OUTPUT = Path.of("/tmp/program");
      private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();
      // Shared, because opening the JDK's own classes is most of a small compilation.
      private static final StandardJavaFileManager FILES =
          COMPILER.getStandardFileManager(null, null, StandardCharsets.UTF_8);
      private static long serial = 0;

      public static void main(String[] arguments) throws Exception {
        FileOutputStream out = new FileOutputStream(FileDescriptor.out);
        for (int i = 0; i < Integer.parseInt(arguments[0]); i++) answer(rehearsal());
        System.gc();
        out.write("ready\\n".getBytes(StandardCharsets.US_ASCII));
        DataInputStream in = new DataInputStream(new FileInputStream(FileDescriptor.in));
        while (true) {
          byte[] request = new byte[in.readInt()];
          in.readFully(request);
          byte[] answer = answer(request);
          ByteArrayOutputStream frame = new ByteArrayOutputStream(answer.length + 4);
          new DataOutputStream(frame).writeInt(answer.length);
          frame.write(answer);
          frame.writeTo(out);
          // Room is made now, and not while the next one waits.
          if (serial % 8 == 0) System.gc();
        }
      }

      /** Request: count of options, options, then path and bytes of each file; the sources are those named *.java. */
      private static byte[] answer(byte[] request) throws IOException {
        DataInputStream in = new DataInputStream(new java.io.ByteArrayInputStream(request));
        List<String> options = new ArrayList<>(List.of("-d", OUTPUT.toString()));
        for (int count = Integer.parseInt(text(in)); count > 0; count--) options.add(text(in));
        List<Path> files = new ArrayList<>();
        List<String> sources = new ArrayList<>();
        for (int count = Integer.parseInt(text(in)); count > 0; count--) sources.add(text(in));
        try {
          Files.createDirectories(OUTPUT);
          while (in.available() > 0) files.add(write(text(in), bytes(in)));
          return compile(options, sources);
        } catch (Throwable failure) {
          // No source is to blame for this; what it was does not matter, because another compiler is asked.
          return "2".getBytes(StandardCharsets.US_ASCII);
        } finally {
          remove(OUTPUT);
          for (Path file : files) Files.deleteIfExists(file);
        }
      }

      private static Path write(String name, byte[] content) throws IOException {
        Path path = Path.of(name);
        Files.createDirectories(path.getParent());
        Files.write(path, content);
        // The file manager keeps what it read under path and time: no two sources may have both in common.
        path.toFile().setLastModified(++serial * 1000);
        return path;
      }

      private static byte[] compile(List<String> options, List<String> sources) throws IOException {
        StringWriter printed = new StringWriter();
        boolean succeeded =
            COMPILER.getTask(printed, FILES, null, options, null, FILES.getJavaFileObjectsFromStrings(sources)).call();
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(answer);
        put(out, new byte[] {(byte) (succeeded ? '0' : '1')});
        put(out, printed.toString().getBytes(StandardCharsets.UTF_8));
        try (Stream<Path> products = Files.walk(OUTPUT)) {
          for (Path path : (Iterable<Path>) products.filter(Files::isRegularFile)::iterator) {
            put(out, OUTPUT.relativize(path).toString().getBytes(StandardCharsets.UTF_8));
            put(out, Files.readAllBytes(path));
          }
        }
        return answer.toByteArray();
      }

      private static void remove(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
          for (Path path : (Iterable<Path>) paths.sorted(Comparator.reverseOrder())::iterator) Files.delete(path);
        }
      }

      private static byte[] rehearsal() throws IOException {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(request);
        for (String field : List.of("1", "-proc:none", "1", "Main.java", "/box/Main.java"))
          put(out, field.getBytes(StandardCharsets.UTF_8));
        try (var source = Compiler.class.getResourceAsStream("sample")) {
          put(out, source.readAllBytes());
        }
        return request.toByteArray();
      }

      private static void put(DataOutputStream out, byte[] field) throws IOException {
        out.writeInt(field.length);
        out.write(field);
      }

      private static byte[] bytes(DataInputStream in) throws IOException {
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return bytes;
      }

      private static String text(DataInputStream in) throws IOException {
        return new String(bytes(in), StandardCharsets.UTF_8);
      }
    }

    """
}

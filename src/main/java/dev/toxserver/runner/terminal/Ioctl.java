package dev.toxserver.runner.terminal;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * C's {@code ioctl(int, unsigned long, void *)}, called by java.lang.foreign: by reflection, since
 * this is compiled for Java 17 and that came with 22.
 */
final class Ioctl {
  private static final int FIRST_JAVA = 22;

  private final MethodHandle function;

  private Ioctl(MethodHandle function) {
    this.function = function;
  }

  /** Whether this Java can call it. */
  static boolean isThere() {
    return Runtime.version().feature() >= FIRST_JAVA;
  }

  /**
   * Finds it; takes tens of milliseconds.
   *
   * @throws ReflectiveOperationException if this Java can't call it, or is told not to
   */
  static Ioctl load() throws ReflectiveOperationException {
    Class<?> linker = foreign("Linker");
    Class<?> option = foreign("Linker$Option");
    Class<?> descriptor = foreign("FunctionDescriptor");
    Class<?> layout = foreign("MemoryLayout");
    Class<?> segment = foreign("MemorySegment");

    Object arguments = Array.newInstance(layout, 3);
    Array.set(arguments, 0, layoutOf("JAVA_INT"));
    Array.set(arguments, 1, layoutOf("JAVA_LONG"));
    Array.set(arguments, 2, layoutOf("ADDRESS"));
    Object type =
        descriptor
            .getMethod("of", layout, arguments.getClass())
            .invoke(null, layoutOf("JAVA_INT"), arguments);
    Object options = Array.newInstance(option, 1);
    Array.set(options, 0, option.getMethod("firstVariadicArg", int.class).invoke(null, 2));

    Object own = linker.getMethod("nativeLinker").invoke(null);
    Object symbols = linker.getMethod("defaultLookup").invoke(own);
    Optional<?> symbol =
        (Optional<?>)
            foreign("SymbolLookup").getMethod("find", String.class).invoke(symbols, "ioctl");
    MethodHandle function =
        (MethodHandle)
            linker
                .getMethod("downcallHandle", segment, descriptor, options.getClass())
                .invoke(own, symbol.orElseThrow(NoSuchMethodException::new), type, options);
    MethodHandle address =
        MethodHandles.publicLookup()
            .findStatic(segment, "ofBuffer", MethodType.methodType(segment, Buffer.class));
    return new Ioctl(MethodHandles.filterArguments(function, 2, address));
  }

  /**
   * Calls it.
   *
   * @param argument a direct buffer, which the kernel reads and writes from its first byte on
   * @throws IOException if it fails
   */
  void call(int descriptor, long request, ByteBuffer argument) throws IOException {
    int result;
    try {
      result = (int) function.invokeExact(descriptor, request, (Buffer) argument);
    } catch (Throwable e) {
      throw new IOException("a terminal can't be asked: " + e, e);
    }
    if (result < 0) {
      throw new IOException("the terminal refuses request 0x" + Long.toHexString(request));
    }
  }

  private static Object layoutOf(String type) throws ReflectiveOperationException {
    return foreign("ValueLayout").getField(type).get(null);
  }

  private static Class<?> foreign(String name) throws ClassNotFoundException {
    return Class.forName("java.lang.foreign." + name);
  }
}

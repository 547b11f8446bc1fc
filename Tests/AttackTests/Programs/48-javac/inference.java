class Main {
  interface N<Z> {}

  interface C<X> extends N<N<? super C<C<X>>>> {}

  // Whether one is the other has no answer: each step of the question asks a larger one.
  static N<? super C<Byte>> convert(C<Byte> value) {
    return value;
  }

  public static void main(String[] arguments) {}
}

template <int depth, typename... Types>
struct Wider {
  typename Wider<depth - 1, Types..., int>::type first;
  typename Wider<depth - 1, Types..., long>::type second;
  using type = Wider;
};
template <typename... Types>
struct Wider<0, Types...> {
  using type = Wider;
};
int main() { Wider<40> all; }

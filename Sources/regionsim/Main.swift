import Commands

@main
struct Main {
  static func main() {
    Regionsim.run()
  }
}
